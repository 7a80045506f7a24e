package streamset.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import streamset.cluster.Deployment;

/** Updates that do not come to their end, and a second primary. Pod 0 is the primary. */
record RoleAlertFaults(FaultCluster cluster) {
    private static final int STANDBY = 2;
    private static final int NEXT = 1; // the primary that is declared
    private static final Duration FROZEN = Duration.ofSeconds(45);
    private static final Duration PROMOTION = Duration.ofSeconds(60);

    /** As the pod of a Kubernetes node that is gone: no other pod restarts before it is back. */
    AlertFault updateHeldUp() {
        var updates = new ArrayList<Deploying>();
        return new AlertFault(
                List.of("StreamsetOtherRevision"),
                "an update that restarts the pods, the first of which never ends",
                () -> {
                    holdPod("[\"streamset.test/held\"]");
                    cluster.declared().parameter("max_locks_per_transaction", "70");
                    updates.add(cluster.deploying());
                    Waiting.until("the pod is to end", Limits.UPDATE, this::heldPodEnds);
                },
                () -> {
                    holdPod("null");
                    updates.forEach(Deploying::mustSucceed);
                    new Health(cluster).await();
                });
    }

    private void holdPod(String finalizers) {
        cluster.deployment()
                .kubectl(
                        "patch",
                        "pod",
                        Deployment.pod(STANDBY),
                        "--type=merge",
                        "-p={\"metadata\":{\"finalizers\":" + finalizers + "}}");
    }

    private boolean heldPodEnds() {
        return !cluster.deployment()
                .kubectl("get", "pod", Deployment.pod(STANDBY), "-o", "jsonpath={.metadata.deletionTimestamp}")
                .isEmpty();
    }

    /** docs/operations.md says how to take it back. */
    AlertFault handoverInVain() {
        var updates = new ArrayList<Deploying>();
        var network = cluster.network(NEXT);
        return new AlertFault(
                List.of("StreamsetOtherPrimary"),
                "a handover to a pod whose network is cut, and the update ended; mended by declaring the former primary again",
                () -> {
                    network.cut();
                    cluster.declared().primary(NEXT);
                    updates.add(cluster.deploying());
                },
                () -> {
                    updates.forEach(cluster::cancel);
                    cluster.declared().primary(0);
                    cluster.deploy();
                    network.heal();
                    new Health(cluster).await();
                });
    }

    /** Its node would end that at once, so it stands still. docs/operations.md says how the data are discarded afterwards. */
    AlertFault standbyPromoted() {
        return new AlertFault(
                List.of("StreamsetTwoPrimaries"),
                "a standby promoted by hand while its node scripts stand still; mended by declaring it lost",
                () -> Freeze.during(nodeScripts(), () -> {
                    promote();
                    Waiting.pause(FROZEN);
                }),
                () -> {
                    cluster.engine().repairPromoted(cluster, STANDBY);
                    new Health(cluster).await();
                    cluster.declared().noneLost();
                    cluster.deploy();
                });
    }

    /** Without the exporter, which goes on. */
    private List<ProcessHandle> nodeScripts() {
        var processes = cluster.processes(STANDBY);
        var first = processes.firstRunning("start.sh").orElseThrow();
        var below = first.descendants().toList();
        return processes.ofScripts().stream()
                .filter(process -> process.equals(first) || below.contains(process))
                .toList();
    }

    private void promote() throws SQLException {
        cluster.server(STANDBY).row("SELECT pg_promote()", PROMOTION);
    }
}
