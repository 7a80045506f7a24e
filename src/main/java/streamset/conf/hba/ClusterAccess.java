package streamset.conf.hba;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The lines of pg_hba.conf without which a cluster does not work. The first line that matches a connection decides, so they
 * come before the author's lines, which can neither omit nor override them.
 */
final class ClusterAccess {
    private static final String HEADING = "# ---- written by streamset: the cluster's own access;"
            + " these lines come first, so nothing below can take it away ----\n";

    /** Anybody who can open a shell in the pod can access the data anyway. */
    private static final String SOCKET =
            "local all postgres trust  # node scripts, probes and kubectl exec, through the pod's own socket\n";

    /** The password protects this line, not the address: samenet would cover only the pods of one machine. */
    private static final String ADMINISTRATION =
            "host postgres postgres all scram-sha-256" + "  # Jobs, whose addresses are not known beforehand\n";

    /**
     * The role of the nodes, from every address: the DNS knows the name of a new pod's address only after a while, and a pod that reaches
     * itself through a Service may come from another. An author's line for all roles would let it in to other databases.
     */
    private static final String NODES = """
            host postgres streamset all scram-sha-256  # the nodes, which query each other
            host all streamset all reject
            """;

    /** Through the loopback addresses of the pod and nowhere else: the exporter has no socket, through which it could be the superuser. */
    private static final String METRICS = """
            host postgres streamset_metrics 127.0.0.1/32 scram-sha-256  # streamset:metrics
            host postgres streamset_metrics ::1/128 scram-sha-256
            host all streamset_metrics all reject
            """;

    private static final String WITHOUT_TLS = "hostnossl all all all reject  # streamset:tls.required\n";

    /** An author's line for all roles would let it in without a certificate, also by logical replication in an ordinary database. */
    private static final String REPLICATOR_WITHOUT_CERTIFICATE =
            "host all,replication replicator all reject  # streamset:tls.clientCertificates\n";

    static final String WITH_CERTIFICATE = " scram-sha-256 clientcert=verify-full";

    private static final String OWN_REPLICATION =
            "local replication replicator scram-sha-256  # Patroni asks the server of its own pod for its timeline\n";

    private ClusterAccess() {}

    /**
     * The lines with their heading, and an empty line.
     *
     * @param pods the names that the DNS has for the pods' addresses, or how they end: each can become a standby of any other. They
     *     come last, because the server queries the DNS for each connection that reaches a line with a name.
     */
    static String lines(List<String> pods) {
        return lines(HEADING + SOCKET + ADMINISTRATION + NODES, pods);
    }

    /** The same for pods in which Patroni runs. */
    static String linesForPatroni(List<String> pods) {
        return lines(HEADING + SOCKET + OWN_REPLICATION + ADMINISTRATION + NODES, pods);
    }

    /**
     * The same where nobody gets in from the network without TLS. The line that rejects them is in front of the others, so that no
     * line below can let them in.
     */
    static String requiringTls(String lines) {
        var encrypted = lines.replaceAll("(?m)^host (?!.* reject$)", "hostssl ");
        int place = encrypted.indexOf("hostssl ");
        return encrypted.substring(0, place) + WITHOUT_TLS + encrypted.substring(place);
    }

    /**
     * The same where {@code replicator} gets in from the network with its password and a certificate in its name, and no line below
     * lets it in otherwise.
     *
     * @param further lines for it from other addresses than the pods'
     */
    static String requiringClientCertificates(String lines, String further) {
        return lines.replaceAll(
                                "(?m)^host(?:ssl)? replication replicator (\\S+) scram-sha-256$",
                                "hostssl replication replicator $1" + WITH_CERTIFICATE)
                        .stripTrailing()
                + "\n" + further + REPLICATOR_WITHOUT_CERTIFICATE + "\n";
    }

    /** The same where an exporter of metrics runs in the pods; in front of the lines with names, which take a query of the DNS. */
    static String withMetrics(String lines) {
        int place = lines.indexOf("host replication replicator ");
        return lines.substring(0, place) + METRICS + lines.substring(place);
    }

    /** The same where Jobs make databases, and so log in to more than postgres. A superuser can do everywhere what he can do there. */
    static String toEveryDatabase(String lines) {
        return lines.replaceFirst("(?m)^(host(?:ssl)?) postgres postgres all ", "$1 all postgres all ");
    }

    /**
     * Whether a rendered file begins with lines by which nobody gets in from the network without TLS.
     *
     * @param pgHbaConf as {@link HbaFile#render} makes it
     */
    static boolean requiresTls(String pgHbaConf) {
        return hasOwnLine(pgHbaConf, WITHOUT_TLS);
    }

    /**
     * Whether a rendered file begins with lines that let {@code replicator} in with a certificate alone.
     *
     * @param pgHbaConf as {@link HbaFile#render} makes it
     */
    static boolean requiresClientCertificates(String pgHbaConf) {
        return hasOwnLine(pgHbaConf, REPLICATOR_WITHOUT_CERTIFICATE);
    }

    private static boolean hasOwnLine(String pgHbaConf, String line) {
        int end = pgHbaConf.indexOf("\n\n"); // of the cluster's own lines
        int place = pgHbaConf.indexOf("\n" + line);
        return pgHbaConf.startsWith(HEADING) && place >= 0 && place < end;
    }

    private static String lines(String first, List<String> pods) {
        return pods.stream()
                .map(name -> "host replication replicator " + name + " scram-sha-256\n")
                .collect(Collectors.joining("", first, "\n"));
    }
}
