package streamset.pod;

/**
 * How the server pods spread over parts of the cluster.
 *
 * @param label of nodes: those with the same value are one part
 * @param required whether a pod rather waits than breaks it
 */
public record Spread(String label, boolean required) {
    /** The label by which each node is a part of its own. */
    public static final String HOSTS = "kubernetes.io/hostname";

    /** The label of a node's zone. */
    public static final String ZONES = "topology.kubernetes.io/zone";
}
