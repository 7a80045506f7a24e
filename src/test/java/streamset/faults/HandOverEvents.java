package streamset.faults;

import java.time.Instant;

/** Another pod is wanted as the primary, in peace and disturbed in every phase. */
record HandOverEvents(FaultCluster cluster) {
    private static final String STANDBY = "SELECT pg_is_in_recovery()";

    private interface Disturbance {
        /** What is done to the hand over, at its moment. */
        void disturb(int from, int to, Deploying update);
    }

    Event to(int ordinal) {
        return Event.of("hand over to " + candidate(ordinal), () -> {
            int to = cluster.engine().candidateNow(cluster, ordinal);
            var began = handOver(to);
            mustWrite(to);
            return began;
        });
    }

    /** Whoever writes now, it is pod 0 afterwards, which no change of their number removes. */
    Event back() {
        return Event.of("hand over to pod 0", () -> {
            var began = handOver(0);
            mustWrite(0);
            return began;
        });
    }

    private Instant handOver(int ordinal) {
        cluster.engine().want(cluster, ordinal);
        var began = Instant.now();
        cluster.deploy();
        return began;
    }

    private void mustWrite(int ordinal) {
        cluster.awaitAnswer(ordinal, STANDBY, "f");
    }

    private String candidate(int ordinal) {
        return cluster.engine().candidate(ordinal);
    }

    /** Both at once: which pod restarts in which role is left to chance, and Patroni may hand over once more. */
    Event withRestart(int ordinal, String name, String value) {
        return Event.of("hand over to " + candidate(ordinal) + " and restart: " + name + " = " + value, () -> {
                    cluster.declared().parameter(name, value);
                    return handOver(cluster.engine().candidateNow(cluster, ordinal));
                })
                .then(outcome -> {
                    for (int pod = 0; pod < cluster.declared().replicas(); pod++) {
                        cluster.awaitAnswer(pod, "SHOW " + name, value);
                    }
                });
    }

    Event oldKilledWhenItHasStopped(int ordinal) {
        return disturbed(ordinal, "old primary's scripts killed once its server has ended", (from, to, update) -> {
            awaitEnd(from);
            killContainer(from);
        });
    }

    Event newKilledBeforeItWrites(int ordinal) {
        return disturbed(ordinal, "new primary's scripts killed before it writes", (from, to, update) -> {
            awaitEnd(from);
            killContainer(to);
        });
    }

    Event oldKilledWhenTheNewWrites(int ordinal) {
        return disturbed(ordinal, "old primary's scripts killed when the new one writes", (from, to, update) -> {
            awaitWriting(to);
            killContainer(from);
        });
    }

    Event newServerKilledWhenItWrites(int ordinal) {
        return disturbed(ordinal, "new primary's server killed as soon as it writes", (from, to, update) -> {
            awaitWriting(to);
            PodProcesses.kill(cluster.processes(to).server().orElseThrow());
        });
    }

    Event newPodDeletedWhenItWrites(int ordinal) {
        return disturbed(ordinal, "new primary's pod deleted by force as soon as it writes", (from, to, update) -> {
                    awaitWriting(to);
                    new KillEvents(cluster).forget(to);
                })
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    Event oldPodDeletedWhenItHasStopped(int ordinal) {
        return disturbed(ordinal, "old primary's pod deleted once its server has ended", (from, to, update) -> {
            awaitEnd(from);
            new KillEvents(cluster).forget(from);
        });
    }

    Event oldCutOffWhenItHasStopped(int ordinal) {
        return disturbed(ordinal, "old primary's network cut once its server has ended", (from, to, update) -> {
            var network = cluster.network(from);
            awaitEnd(from);
            network.cut();
            try {
                Waiting.pause(NetworkEvents.SHORT);
            } finally {
                network.heal();
            }
        });
    }

    Event cancelledWhenTheOldHasStopped(int ordinal) {
        return disturbed(ordinal, "update cancelled in the middle and repeated", (from, to, update) -> {
            awaitEnd(from);
            cluster.cancel(update);
        });
    }

    private Event disturbed(int wanted, String how, Disturbance disturbance) {
        return Event.of("hand over to " + candidate(wanted) + ", " + how, () -> {
            int from = cluster.primary();
            int to = cluster.engine().candidateNow(cluster, wanted);
            cluster.engine().want(cluster, to);
            Instant disturbed;
            boolean done;
            try (var update = cluster.deploying()) {
                disturbance.disturb(from, to, update);
                disturbed = Instant.now();
                done = update.succeeds();
            }
            if (!done) {
                cluster.deploy();
            }
            return disturbed;
        });
    }

    private void awaitEnd(int ordinal) {
        var server = cluster.processes(ordinal).server().orElseThrow();
        Waiting.untilTheMoment("the server of pod " + ordinal + " ends", Limits.UPDATE, () -> !server.isAlive());
    }

    private void awaitWriting(int ordinal) {
        Waiting.untilTheMoment(
                "pod " + ordinal + " writes",
                Limits.UPDATE,
                () -> cluster.tryAsk(ordinal, STANDBY).equals("f"));
    }

    private void killContainer(int ordinal) {
        PodProcesses.kill(cluster.processes(ordinal).firstOfContainer().orElseThrow());
    }
}
