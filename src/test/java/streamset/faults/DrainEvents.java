package streamset.faults;

import java.time.Instant;
import streamset.cluster.Deployment;

/** Nodes that are emptied for maintenance, as {@code kubectl drain} does it. */
record DrainEvents(FaultCluster cluster) {
    private static final String NODE = "streamset-testbed";
    private static final String EVICTION = """
            {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "%s", "namespace": "%s"}}
            """;

    /**
     * One after the other, as if each pod had a node to itself: on the only one that the testbed has, just that pod is evicted, and
     * comes back when the node takes pods again.
     */
    Event eachInTurn() {
        return Event.of("node of each pod drained, one after the other", () -> {
            var back = Instant.now();
            for (int ordinal = 0; ordinal < cluster.declared().replicas(); ordinal++) {
                drain(ordinal);
                back = Instant.now();
                new Health(cluster).await();
            }
            return back;
        });
    }

    private void drain(int ordinal) {
        var uid = cluster.pod(ordinal).uid();
        cluster.deployment().kubectl("cordon", NODE);
        try {
            evict(ordinal);
            Waiting.until("pod " + ordinal + " is gone", Limits.HEALTHY, () -> !isThere(ordinal, uid));
        } finally {
            cluster.deployment().kubectl("uncordon", NODE);
        }
        Waiting.until(
                "another pod " + ordinal, Limits.HEALTHY, () -> cluster.hasPod(ordinal) && !isThere(ordinal, uid));
    }

    private boolean isThere(int ordinal, String uid) {
        return cluster.hasPod(ordinal) && cluster.pod(ordinal).uid().equals(uid);
    }

    /** Again while the PodDisruptionBudget lets no pod go. {@code kubectl drain} would evict pods of other namespaces, too. */
    private void evict(int ordinal) {
        var name = Deployment.pod(ordinal);
        var path = "/api/v1/namespaces/" + cluster.namespace() + "/pods/" + name + "/eviction";
        var eviction = EVICTION.formatted(name, cluster.namespace());
        Waiting.until(
                name + " may go",
                Limits.HEALTHY,
                () -> cluster.deployment()
                                .kubectlCommand("create", "--raw", path, "-f", "-")
                                .run(eviction)
                                .exitCode()
                        == 0);
    }
}
