package streamset.conf.hba;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The lines of pg_hba.conf without which a cluster cannot live. The first line that fits a connection decides, so they
 * stand in front of the author's, which can neither forget nor overrule them.
 */
final class ClusterAccess {
    private static final String HEADING = "# ---- written by streamset: the cluster's own access;"
            + " these lines come first, so nothing below can take it away ----\n";

    /** Who can open a shell in the pod owns the data anyway. */
    private static final String SOCKET =
            "local all postgres trust  # node scripts, probes and kubectl exec, through the pod's own socket\n";

    /** The password protects this line, not the address: samenet would be the addresses of one node only. */
    private static final String ADMINISTRATION = "host postgres postgres all scram-sha-256"
            + "  # Jobs and other pods, whose addresses are not known beforehand\n";

    private ClusterAccess() {}

    /**
     * The lines under their heading, and an empty line.
     *
     * @param podHosts the pods' DNS names: each can become a standby of any other. They come last, because for each
     *     connection that gets as far as a name the server asks the DNS.
     */
    static String lines(List<String> podHosts) {
        return podHosts.stream()
                .map(host -> "host replication replicator " + host + " scram-sha-256\n")
                .collect(Collectors.joining("", HEADING + SOCKET + ADMINISTRATION, "\n"));
    }
}
