package streamset.faults;

import java.time.Instant;
import streamset.cluster.Deployment;

/** Servers, containers and pods that end without a warning. */
record KillEvents(FaultCluster cluster) {
    /** The server alone: SIGKILL to its first process. */
    Event server(int rank) {
        return Event.of("server of " + pod(rank) + " killed", () -> {
            var server = cluster.processes(ordinal(rank)).server().orElseThrow();
            var killed = Instant.now();
            PodProcesses.kill(server);
            return killed;
        });
    }

    /** The node scripts, and with them everything in the container: SIGKILL to its first process. */
    Event container(int rank) {
        return Event.of("node scripts of " + pod(rank) + " killed", () -> {
                    var first =
                            cluster.processes(ordinal(rank)).firstOfContainer().orElseThrow();
                    var killed = Instant.now();
                    PodProcesses.kill(first);
                    return killed;
                })
                .missingAtMost(inFlight(rank));
    }

    /** As when its machine is gone: the API server forgets it at once. */
    Event podDeleted(int rank) {
        return Event.of(pod(rank) + " deleted by force", () -> {
                    int ordinal = ordinal(rank);
                    var deleted = Instant.now();
                    forget(ordinal);
                    return deleted;
                })
                .missingAtMost(inFlight(rank));
    }

    /** A standby has none that the primary does not have. */
    private int inFlight(int rank) {
        return rank == 0 ? cluster.engine().rowsInFlight() : 0;
    }

    private String pod(int rank) {
        return cluster.engine().pod(rank);
    }

    private int ordinal(int rank) {
        return cluster.engine().ordinal(cluster, rank);
    }

    void forget(int ordinal) {
        var uid = cluster.pod(ordinal).uid();
        cluster.deployment().kubectl("delete", "pod", Deployment.pod(ordinal), "--grace-period=0", "--force");
        Waiting.until(
                "another pod " + ordinal,
                Limits.MOMENT,
                () -> !cluster.pod(ordinal).uid().equals(uid));
    }
}
