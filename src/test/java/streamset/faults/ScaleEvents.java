package streamset.faults;

import java.time.Instant;

/** More standbys and fewer. */
record ScaleEvents(FaultCluster cluster) {
    static final String CLONES = "pg_basebackup"; // the program that does it

    Event to(int replicas) {
        return Event.of("scale to " + replicas + (replicas == 1 ? " pod" : " pods"), () -> {
            cluster.declared().replicas(replicas);
            var began = Instant.now();
            cluster.deploy();
            return began;
        });
    }

    /** The first of the added pods is new, and its init container ends while it clones. */
    Event cloneKilled(int replicas, int added) {
        return Event.of(
                "scale to " + replicas + " pods, " + cluster.engine().cloner() + " of pod " + added
                        + " killed as it clones",
                () -> {
                    cluster.declared().replicas(replicas);
                    Instant killed;
                    boolean done;
                    try (var update = cluster.deploying()) {
                        awaitClone(cluster, added);
                        killed = Instant.now();
                        PodProcesses.kill(
                                cluster.processes(added).firstOfContainer().orElseThrow());
                        done = update.succeeds();
                    }
                    if (!done) {
                        cluster.deploy();
                    }
                    return killed;
                });
    }

    static void awaitClone(FaultCluster cluster, int ordinal) {
        Waiting.untilTheMoment(
                "pod " + ordinal + " clones",
                Limits.HEALTHY,
                () -> cluster.hasPod(ordinal)
                        && cluster.processes(ordinal).called(CLONES).isPresent());
    }
}
