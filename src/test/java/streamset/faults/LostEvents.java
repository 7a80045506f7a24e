package streamset.faults;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A primary that is gone while it has rows that nobody else has, and that comes back later. */
record LostEvents(FaultCluster cluster) {
    /** How the names of all of them begin. */
    static final String WHAT = "primary lost";

    private static final int ROWS = 40; // of each writer, that only the lost primary has
    private static final Duration ON_THEIR_WAY = Duration.ofSeconds(1);
    private static final Duration WAITING = Duration.ofSeconds(5);
    private static final Pattern REPORT = Pattern.compile("transactions discarded: (\\d+)");

    /** Exactly what only this node has is discarded, and the node reports how much that was. */
    Event primaryLost(int next) {
        return Event.of(
                        WHAT + " with rows of its own, pod " + next + " forced, the old one returns",
                        () -> lose(next, this::writeOn))
                .givingUpRows()
                .then(outcome -> compare(outcome.missing()));
    }

    /** What it has alone was never acknowledged. */
    Event primaryLostWhileCommitsWait(int next) {
        return Event.of(
                WHAT + " while commits wait for a standby, pod " + next + " forced, the old one returns",
                () -> lose(next, this::writeInVain));
    }

    private Instant lose(int next, Runnable alone) {
        int old = cluster.declared().primary();
        var networks = networks();
        try {
            cutStandbys(networks, old, next);
            alone.run();
            networks.get(old).cut();
            healAllBut(old, networks);
            cluster.declared().primary(next).lost(old);
            return promote(next, networks.get(old));
        } finally {
            networks.forEach(PodNetwork::heal);
        }
    }

    private void writeOn() {
        cluster.writers().forEach(writer -> writer.awaitRows(ROWS, Limits.MOMENT));
    }

    private void writeInVain() {
        Waiting.pause(ON_THEIR_WAY);
        var began = Instant.now();
        Waiting.pause(WAITING);
        var acknowledged = cluster.writers().stream()
                .mapToInt(writer -> writer.rows().count(began, Instant.now()))
                .sum();
        if (acknowledged > 0) {
            throw new AssertionError(acknowledged + " rows were acknowledged that no standby has");
        }
    }

    private List<PodNetwork> networks() {
        return IntStream.range(0, cluster.declared().replicas())
                .mapToObj(cluster::network)
                .toList();
    }

    /** The new primary last, so that no other has more than it has. */
    private static void cutStandbys(List<PodNetwork> networks, int old, int next) {
        for (int ordinal = 0; ordinal < networks.size(); ordinal++) {
            if (ordinal != old && ordinal != next) {
                networks.get(ordinal).cut();
            }
        }
        networks.get(next).cut();
    }

    private static void healAllBut(int old, List<PodNetwork> networks) {
        for (int ordinal = 0; ordinal < networks.size(); ordinal++) {
            if (ordinal != old) {
                networks.get(ordinal).heal();
            }
        }
    }

    private Instant promote(int next, PodNetwork lost) {
        Instant returns;
        boolean done;
        try (var update = cluster.deploying()) {
            cluster.awaitAnswer(next, "SELECT pg_is_in_recovery()", "f");
            cluster.awaitRows(Limits.MOMENT);
            awaitReadOnly(cluster.declared().lost());
            returns = Instant.now();
            lost.heal();
            done = update.succeeds();
        }
        if (!done) {
            cluster.deploy();
        }
        return returns;
    }

    /**
     * Nobody can tell the lost one over its network that it is lost, but the kubelet brings it. Would it come back before
     * that, it could be written to for some seconds more.
     */
    private void awaitReadOnly(int lost) {
        var signal = cluster.volume(lost).folder().resolve("pgdata/standby.signal");
        Waiting.until("pod " + lost + " is read-only behind its cut", Limits.HEALTHY, () -> Files.exists(signal));
    }

    /** Beyond the acknowledged rows each writer may have had one on its way. */
    private void compare(int missing) {
        int old = cluster.declared().lost();
        var log = cluster.log(old);
        int reported = REPORT.matcher(log)
                .results()
                .map(report -> Integer.parseInt(report.group(1)))
                .reduce((earlier, last) -> last)
                .orElseThrow(() -> new AssertionError("pod " + old + " does not say what it gives up:\n" + log));
        System.out.println("  discarded: " + reported + " transactions, " + missing + " acknowledged rows");
        if (missing < ROWS
                || reported < missing
                || reported > missing + cluster.writers().size()) {
            throw new AssertionError(missing + " acknowledged rows are missing, but pod " + old
                    + " says that it gave up " + reported + " transactions");
        }
    }
}
