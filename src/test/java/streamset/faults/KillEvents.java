package streamset.faults;

import java.time.Instant;
import streamset.cluster.Deployment;

/** Servers, containers and pods that end without a warning. */
record KillEvents(FaultCluster cluster) {
    /** The server alone: SIGKILL to its first process. */
    Event server(int ordinal) {
        return Event.of("server of pod " + ordinal + " killed", () -> {
            var server = cluster.processes(ordinal).server().orElseThrow();
            var killed = Instant.now();
            PodProcesses.kill(server);
            return killed;
        });
    }

    /** The node scripts, and with them everything in the container: SIGKILL to its first process. */
    Event container(int ordinal) {
        return Event.of("node scripts of pod " + ordinal + " killed", () -> {
            var first = cluster.processes(ordinal).firstOfContainer().orElseThrow();
            var killed = Instant.now();
            PodProcesses.kill(first);
            return killed;
        });
    }

    /** As when its machine is gone: the API server forgets it at once. */
    Event pod(int ordinal) {
        return Event.of("pod " + ordinal + " deleted by force", () -> {
            var deleted = Instant.now();
            forget(ordinal);
            return deleted;
        });
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
