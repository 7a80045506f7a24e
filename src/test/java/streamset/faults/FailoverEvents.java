package streamset.faults;

import java.time.Instant;
import java.util.List;
import streamset.cluster.Deployment;

/** Pods that take over while something else goes on. */
record FailoverEvents(FaultCluster cluster) {
    private static final int IN_A_ROW = 3;
    private static final String PARAMETER = "max_connections";
    private static final String VALUE = "45";

    List<Event> all() {
        var handOver = new HandOverEvents(cluster);
        return List.of(
                machineOff(),
                inARow(),
                handOver.newPodDeletedWhenItWrites(1),
                inARestart(),
                inAScaleUp(5, 4),
                handOver.back(), // which a removed pod could not do
                new ScaleEvents(cluster).to(3));
    }

    /**
     * As when the machine of the pod is off: nothing leaves it any more, everything in it is gone, and no kubelet starts it
     * again. That of the testbed stands still for all pods; after 40 s the others would be taken for lost, too.
     */
    Event machineOff() {
        return Event.of("machine of " + pod() + " off, the pod deleted by force when another one writes", () -> {
                    int old = primary();
                    Freeze.during(List.of(Daemon.of(Daemon.KUBELET)), () -> turnOff(old));
                    return Instant.now();
                })
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    private void turnOff(int ordinal) {
        var processes = cluster.processes(ordinal);
        var network = cluster.network(ordinal);
        boolean gone = false;
        network.cut();
        try {
            PodProcesses.kill(processes.firstOfContainer().orElseThrow());
            awaitAnother(ordinal);
            new KillEvents(cluster).forget(ordinal);
            gone = true;
        } finally {
            if (!gone) {
                network.heal();
            }
        }
    }

    /** Each pod hands over before it ends; the next one ends as soon as it writes. */
    private Event inARow() {
        return Event.of(pod() + " deleted, " + IN_A_ROW + " times in a row", () -> {
            for (int time = 0; time < IN_A_ROW; time++) {
                int old = primary();
                var uid = cluster.pod(old).uid();
                cluster.deployment().kubectl("delete", "pod", Deployment.pod(old), "--wait=false");
                Waiting.until(
                        "another pod writes",
                        Limits.HEALTHY,
                        () -> new Writing(cluster)
                                .ordinals().stream()
                                        .anyMatch(ordinal -> ordinal != old
                                                || !cluster.pod(old).uid().equals(uid)));
            }
            return Instant.now();
        });
    }

    private Event inARestart() {
        var what = "restart: " + PARAMETER + " = " + VALUE + ", " + pod() + " deleted by force as the pods roll";
        return Event.of(what, () -> {
                    cluster.declared().parameter(PARAMETER, VALUE);
                    int last = cluster.declared().replicas() - 1;
                    var uid = cluster.pod(last).uid();
                    return inAnUpdate(() -> Waiting.until(
                            "the pods roll",
                            Limits.UPDATE,
                            () -> !cluster.pod(last).uid().equals(uid)));
                })
                .missingAtMost(cluster.engine().rowsInFlight())
                .then(outcome -> {
                    for (int ordinal = 0; ordinal < cluster.declared().replicas(); ordinal++) {
                        cluster.awaitAnswer(ordinal, "SHOW " + PARAMETER, VALUE);
                    }
                });
    }

    private Event inAScaleUp(int replicas, int added) {
        var what = "scale to " + replicas + " pods, " + pod() + " deleted by force as pod " + added + " starts";
        return Event.of(what, () -> {
                    cluster.declared().replicas(replicas);
                    var earlier = cluster.hasPod(added) ? cluster.pod(added).uid() : "";
                    return inAnUpdate(() -> Waiting.until(
                            "pod " + added + " starts",
                            Limits.UPDATE,
                            () -> cluster.hasPod(added)
                                    && !cluster.pod(added).uid().equals(earlier)
                                    && cluster.processes(added)
                                            .firstOfContainer()
                                            .isPresent()));
                })
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    private Instant inAnUpdate(Runnable moment) {
        Instant deleted;
        boolean done;
        try (var update = cluster.deploying()) {
            moment.run();
            int old = primary();
            deleted = Instant.now();
            new KillEvents(cluster).forget(old);
            done = update.succeeds();
        }
        if (!done) {
            cluster.deploy();
        }
        return deleted;
    }

    private void awaitAnother(int old) {
        Waiting.until(
                "another pod than " + old + " writes",
                Limits.HEALTHY,
                () -> new Writing(cluster).ordinals().stream().anyMatch(ordinal -> ordinal != old));
    }

    private int primary() {
        return new Writing(cluster).awaitOne();
    }

    private String pod() {
        return cluster.engine().pod(0);
    }
}
