package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Patroni that hangs, dies or cannot work while its server goes on, and the other way round. */
record PatroniEvents(FaultCluster cluster) {
    private static final Duration FROZEN = Duration.ofSeconds(60); // three leases
    private static final Duration FLOOD = Duration.ofSeconds(30); // longer than a lease

    List<Event> all() {
        return List.of(
                killed(),
                frozen(0),
                frozen(1),
                allButTheServerFrozen(),
                serverFrozen(),
                allFrozen(),
                killedForMemory(),
                withoutMemory(),
                flooded());
    }

    private Event killed() {
        return Event.of("Patroni in " + pod(0) + " killed, its server goes on", () -> {
            var patroni = patroni(0);
            var killed = Instant.now();
            PodProcesses.kill(patroni);
            return killed;
        });
    }

    private Event frozen(int rank) {
        return frozen(
                "Patroni in " + pod(rank) + " frozen for " + FROZEN.toSeconds() + " s, its server goes on",
                rank,
                processes -> processes.patroni().stream().toList());
    }

    /** Not even the node scripts can help, so the kubelet ends the container, and with it a server that goes on until then. */
    Event allButTheServerFrozen() {
        return frozen(
                        "all but the server in " + pod(0) + " frozen for " + FROZEN.toSeconds() + " s",
                        0,
                        PodProcesses::ofScripts)
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    Event serverFrozen() {
        return frozen("server in " + pod(0) + " frozen for " + FROZEN.toSeconds() + " s", 0, PodProcesses::ofServer)
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    /** As when the machine was busy with something else for so long. */
    Event allFrozen() {
        return frozen("all processes in " + pod(0) + " frozen for " + FROZEN.toSeconds() + " s", 0, PodProcesses::all)
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    private Event frozen(String what, int rank, Function<PodProcesses, List<ProcessHandle>> which) {
        return Event.of(what, () -> {
            var frozen = which.apply(processes(rank));
            if (frozen.isEmpty()) {
                throw new AssertionError("there is nothing to freeze in " + pod(rank));
            }
            Freeze.during(frozen, () -> Waiting.pause(FROZEN));
            return Instant.now();
        });
    }

    private Event killedForMemory() {
        return Event.of("memory of " + pod(0) + " used up, the kernel kills Patroni, its server goes on", () -> {
                    var patroni = patroni(0);
                    var memory = PodMemory.of(patroni);
                    memory.useUp();
                    var killed = Instant.now();
                    Waiting.until("Patroni is killed", Limits.PROCESS, () -> !patroni.isAlive());
                    return killed;
                })
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    /** It may end, hang or go on by halves. What is left of it after that time is killed. */
    private Event withoutMemory() {
        return Event.of("Patroni in " + pod(0) + " gets no more memory for " + FROZEN.toSeconds() + " s", () -> {
                    var patroni = patroni(0);
                    PodMemory.of(patroni).giveNoMore();
                    Waiting.pause(FROZEN);
                    System.out.println("  Patroni " + (patroni.isAlive() ? "was still there" : "had ended by itself"));
                    PodProcesses.kill(patroni);
                    return Instant.now();
                })
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    private Event flooded() {
        return Event.of("REST API of " + pod(0) + " flooded for " + FLOOD.toSeconds() + " s", () -> {
                    var address = cluster.pod(ordinal(0)).address();
                    try (var flood = RestFlood.of(address)) {
                        Waiting.pause(FLOOD);
                        System.out.println("  answers: " + flood.answers());
                    }
                    return Instant.now();
                })
                .missingAtMost(cluster.engine().rowsInFlight());
    }

    private String pod(int rank) {
        return cluster.engine().pod(rank);
    }

    private int ordinal(int rank) {
        return cluster.engine().ordinal(cluster, rank);
    }

    private PodProcesses processes(int rank) {
        return cluster.processes(ordinal(rank));
    }

    private ProcessHandle patroni(int rank) {
        return processes(rank).patroni().orElseThrow(() -> new AssertionError("no Patroni in " + pod(rank)));
    }
}
