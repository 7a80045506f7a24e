package streamset.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.cluster.Deployment;
import streamset.features.Encryption;
import streamset.node.Certificates;
import streamset.pod.VolumeKind;

/** The production stack with TLS, small enough for the testbed, and a client beside it; removed with its data when closed. */
final class SecuredCluster implements AutoCloseable {
    private static final String NAMESPACE = "streamset-security";
    private static final String CLIENTS = NAMESPACE + "-clients";
    private static final String SECRET = "postgresql-tls";
    private static final String CLIENT_SECRET = "postgresql-replicator-tls";
    private static final String CERTIFICATES = VolumeKind.DATA.path() + "/tls/current";
    private static final String PRIMARY = host("postgresql-primary");
    private static final String STANDBY_DOMAIN = "." + host("postgresql-svc"); // of one of its names
    private static final String LOOPBACK = "127.0.0.1"; // here, and where the kubelet connects to in the pod

    // what two cores can do; PostgreSQL 18 of the testbed's image has no TLS
    private static final String[] SETTINGS = {
        "streamset:createNamespace=false",
        "streamset:secretName=",
        "streamset:version=15",
        "streamset:replicas=3",
        "streamset:storage.size=1Gi",
        "streamset:scheduling.spread.hosts=soft",
        "streamset:scheduling.spread.zones=soft",
        "streamset:tls.secretName=" + SECRET,
        "streamset:tls.required=true",
        "streamset:tls.clientSecretName=" + CLIENT_SECRET,
        "streamset:tls.clientCertificates=true",
        "streamset:metrics.enabled=true",
        "streamset:metrics.image=localhost/postgres-exporter:testbed"
    };

    private static final List<String> DECLARED =
            List.of("streamset:resources.cpu=100m", "streamset:resources.memory=256Mi");
    private static final List<String> AUTOMATIC = List.of(
            "streamset:failover=automatic",
            "streamset:image=localhost/postgres-patroni:15",
            "streamset:resources.cpu=200m", // for Python
            "streamset:resources.memory=512Mi");

    private final Deployment deployment;
    private final OutsidePods clients = new OutsidePods(CLIENTS);
    private final OutsidePods others = new OutsidePods(NAMESPACE + "-others");
    private final boolean patroni;
    private final String appPassword;
    private final Path root;

    private SecuredCluster(Path folder, boolean patroni, String appPassword) {
        this.deployment = new Deployment(
                "prod",
                NAMESPACE,
                Stream.concat(Stream.of(SETTINGS), (patroni ? AUTOMATIC : DECLARED).stream())
                        .toArray(String[]::new));
        this.patroni = patroni;
        this.appPassword = appPassword;
        this.root = folder.resolve("servers/secret/ca.crt");
    }

    /**
     * Deploys it from nothing, and waits until all pods are ready.
     *
     * @param folder for the certificates
     * @param patroni whether Patroni decides who writes
     * @param appPassword of an application's role, which owns a database
     */
    static SecuredCluster deploy(Path folder, boolean patroni, String appPassword) {
        var cluster = new SecuredCluster(folder, patroni, appPassword);
        cluster.close(); // what a run that was killed has left
        cluster.start(folder);
        cluster.makeApplication();
        return cluster;
    }

    private void start(Path folder) {
        var servers = new Certificates(
                        made(folder.resolve("servers")),
                        "*." + host("postgresql-svc"),
                        PRIMARY,
                        host("postgresql-read"),
                        "localhost")
                .withClient();
        var otherRoot = new Certificates(made(folder.resolve("others")), "localhost")
                .secret()
                .resolve("ca.crt");
        clients.start(root, otherRoot);
        others.start(root, otherRoot);
        deployment.kubectl("label", "namespace", CLIENTS, OutsidePods.NAMESPACE_LABEL + "=true");
        deployment.kubectl("create", "namespace", NAMESPACE);
        deployment.kubectl("create", "secret", "generic", SECRET, "--from-file=" + servers.secret());
        deployment.kubectl(
                "create",
                "secret",
                "generic",
                CLIENT_SECRET,
                "--from-file=tls.crt=" + servers.client().resolve(Encryption.CLIENT_CERTIFICATE),
                "--from-file=tls.key=" + servers.client().resolve(Encryption.CLIENT_KEY));
        deployment.apply();
        deployment.kubectl(
                "wait", "--for=condition=Ready", "pod", "-l", "app.kubernetes.io/component=server", "--timeout=150s");
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeApplication() {
        var statements = "CREATE ROLE %1$s LOGIN PASSWORD '%2$s';\nCREATE DATABASE %1$s OWNER %1$s;\n"
                .formatted(Logins.APP, appPassword);
        deployment.kubectlWithInput(
                statements,
                "exec",
                "-i",
                Deployment.pod(0),
                "-c",
                "postgresql",
                "--",
                "psql",
                "-Xq",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "postgres");
    }

    /** All who try to get in. */
    List<Attempt> attempts() {
        var superuser = deployment.password("postgres");
        var who = Logins.of(
                appPassword,
                superuser,
                deployment.password("replicator"),
                derived("role of the nodes", superuser),
                derived("role of the metrics", superuser));
        var address = deployment.kubectl("get", "pod", Deployment.pod(0), "-o", "jsonpath={.status.podIP}");
        var servers = new Servers(host("postgresql-read"), podHost(0), address, CERTIFICATES);
        return attempts(who, servers, patroni);
    }

    /** The same for these roles and servers. */
    static List<Attempt> attempts(Logins who, Servers servers, boolean patroni) {
        return Stream.concat(
                        new Attempts(who, servers).all().stream(),
                        new InnerAttempts(who, servers).all(patroni).stream())
                .toList();
    }

    /** As facts/sql.sh computes it. */
    private static String derived(String purpose, String superuser) {
        try {
            var text = "streamset, " + purpose + "\n" + superuser;
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tries it. */
    Outcome outcome(Attempt attempt) {
        return switch (attempt.from()) {
            case POD -> outside(attempt, clients, OutsidePods.CLIENT);
            case UNLABELLED_POD -> outside(attempt, clients, OutsidePods.STRANGER);
            case POD_ELSEWHERE -> outside(attempt, others, OutsidePods.CLIENT);
            case STANDBY -> Outcome.of(attempt, standby(), decisive(attempt, STANDBY_DOMAIN));
            case PORT_FORWARD -> forwarded(attempt, decisive(attempt, LOOPBACK));
        };
    }

    private Outcome outside(Attempt attempt, OutsidePods pods, String pod) {
        return Outcome.of(attempt, pods.client(pod, PRIMARY), decisive(attempt, ""));
    }

    private HbaLines.Line decisive(Attempt attempt, String client) {
        return attempt.request() instanceof Request.Session session
                ? new HbaLines(deployment).decisive(session.login(), client)
                : HbaLines.NONE;
    }

    private Client standby() {
        var exec = deployment.kubectlCommand("exec", "-i", Deployment.pod(1), "-c", "postgresql", "--");
        var trusted = CERTIFICATES + "/" + Encryption.ROOT;
        return new Client(exec.words(), exec.environment(), Map.of("PGHOST", podHost(0), "PGSSLROOTCERT", trusted));
    }

    private Outcome forwarded(Attempt attempt, HbaLines.Line line) {
        var command =
                deployment.kubectlCommand("port-forward", "--address", LOOPBACK, "pod/" + Deployment.pod(0), ":5432");
        try (var forward = new PortForward(command)) {
            var here = Map.of(
                    "PGHOST",
                    "localhost",
                    "PGHOSTADDR",
                    LOOPBACK,
                    "PGPORT",
                    forward.port(),
                    "PGSSLROOTCERT",
                    root.toString());
            return Outcome.of(attempt, new Client(List.of(), Map.of(), here), line);
        }
    }

    private static String podHost(int ordinal) {
        return Deployment.pod(ordinal) + "." + host("postgresql-svc");
    }

    private static String host(String service) {
        return service + "." + NAMESPACE + ".svc.cluster.local";
    }

    @Override
    public void close() {
        clients.remove();
        others.remove();
        deployment.remove();
    }
}
