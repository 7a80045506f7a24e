package streamset.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.features.DeclaredDatabase;
import streamset.features.Encryption;
import streamset.node.Agent;
import streamset.node.ArchiveContainers;
import streamset.node.ServerPod;

/** How to reach the cluster: connection strings without passwords, and commands to type. */
public final class Connections {
    private static final String SUPERUSER = "postgres";
    private static final String ADMINISTRATION = "postgres"; // the database

    private final ClusterSpec spec;
    private final String user;
    private final String database;

    Connections(ClusterSpec spec) {
        this(spec, SUPERUSER, ADMINISTRATION);
    }

    private Connections(ClusterSpec spec, String user, String database) {
        this.spec = spec;
        this.user = inUri(user);
        this.database = inUri(database);
    }

    /** Blanks encoded too: libpq takes a plus sign for itself, and JDBC for a blank. */
    private static String inUri(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same with connection strings for a declared database, and the role that owns it. */
    public Connections to(DeclaredDatabase declared) {
        return new Connections(spec, declared.owner(), declared.name());
    }

    /** The pods' DNS names, by ordinal. */
    public List<String> hosts() {
        return spec.names().podHosts(spec.config().replicas());
    }

    /** Who has signed the servers' certificates is in a file of this name, in the folder of the client; empty without TLS. */
    private Optional<String> rootCertificate() {
        return spec.encryption().map(encryption -> spec.names().prefix() + "-" + Encryption.ROOT);
    }

    /**
     * Fetches the file that the connection strings name; empty without TLS.
     *
     * @param kubectl kubectl with the options that choose the cluster
     */
    public Optional<String> rootCertificateCommand(String kubectl) {
        return spec.encryption()
                .map(encryption -> kubectl + " -n " + spec.names().namespace() + " get secret " + encryption.secret()
                        + " -o 'go-template={{index .data \"" + Encryption.ROOT + "\" | base64decode}}' > "
                        + rootCertificate().orElseThrow());
    }

    /** libpq: tries the Service on the primary, then the pods in turn, and takes the server that can write. */
    public String readWriteLibpq() {
        return libpq(primaryFirst(), "read-write");
    }

    /** libpq: prefers a standby. */
    public String readOnlyLibpq() {
        return libpq(hosts(), "prefer-standby");
    }

    /** JDBC: tries the Service on the primary, then the pods in turn, and takes the primary. */
    public String readWriteJdbc() {
        return jdbc(primaryFirst(), "primary");
    }

    /** JDBC: prefers a standby, another one for each connection. */
    public String readOnlyJdbc() {
        return jdbc(hosts(), "preferSecondary&loadBalanceHosts=true");
    }

    /**
     * The Service's address does not change, while a pod that comes back has a new one, which DNS returns only after its cache
     * has expired (30 s in many clusters). The pods are needed too: they lead to the new primary also where the Service does
     * not, which only an update moves.
     */
    private List<String> primaryFirst() {
        var service = spec.names().host(spec.names().primaryService());
        return Stream.concat(Stream.of(service), hosts().stream()).toList();
    }

    /** @param kubectl kubectl with the options that choose the cluster */
    public String psqlCommand(String kubectl) {
        return onPrimary(kubectl, "-it ") + "psql -U " + SUPERUSER;
    }

    /** @param kubectl kubectl with the options that choose the cluster */
    public String statusCommand(String kubectl) {
        return onPrimary(kubectl, "") + String.join(" ", Agent.of(spec).statusCommand());
    }

    /**
     * Tells what can be restored; empty without backups.
     *
     * @param kubectl kubectl with the options that choose the cluster
     */
    public Optional<String> restorePointsCommand(String kubectl) {
        return spec.archive()
                .map(archive -> onPrimary(kubectl, "", Archive.CONTAINER)
                        + String.join(" ", ArchiveContainers.pointsCommand()));
    }

    private String onPrimary(String kubectl, String options) {
        return onPrimary(kubectl, options, ServerPod.CONTAINER);
    }

    private String onPrimary(String kubectl, String options, String container) {
        return kubectl + " -n " + spec.names().namespace() + " exec " + options
                + Agent.of(spec).podOfThePrimary() + " -c " + container + " -- ";
    }

    private String encryptionWords() {
        return rootCertificate()
                .map(file -> "&sslmode=verify-full&sslrootcert=" + file)
                .orElse("");
    }

    private String libpq(List<String> hosts, String sessionAttributes) {
        return "postgresql://" + user + "@" + withPorts(hosts) + "/" + database + "?target_session_attrs="
                + sessionAttributes + encryptionWords();
    }

    private String jdbc(List<String> hosts, String serverType) {
        return "jdbc:postgresql://" + withPorts(hosts) + "/" + database + "?user=" + user + "&targetServerType="
                + serverType + encryptionWords();
    }

    private static String withPorts(List<String> hosts) {
        return hosts.stream().map(host -> host + ":" + PostgresPort.NUMBER).collect(Collectors.joining(","));
    }
}
