package streamset.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import streamset.cluster.Deployment;

/** A standby that promotes itself, and a row that nobody has: both must be noticed. */
record CheckOfTheCheckers(FaultCluster cluster) {
    private static final int MADE_UP = 5_000_000; // a number that no writer comes to
    private static final Duration SEEN = Duration.ofMillis(500); // the observer looks several times
    private static final Duration PROMOTION = Duration.ofSeconds(60);

    Event standbyPromoted(int rank) {
        var pod = cluster.engine().pod(rank);
        return Event.of("(must be noticed: " + pod + " promotes itself, and one row is made up)", () -> {
                    cluster.clients().kept().rows().add(Instant.now(), MADE_UP);
                    int standby = cluster.engine().ordinal(cluster, rank);
                    // a Patroni would undo it at its next look, perhaps before anybody else looks
                    Freeze.during(cluster.processes(standby).patroni().stream().toList(), () -> {
                        promote(standby);
                        awaitNotice(standby);
                        Waiting.pause(SEEN);
                    });
                    return cluster.engine().repairPromoted(cluster, standby);
                })
                .givingUpRows()
                .then(outcome -> cluster.declared().noneLost());
    }

    private void promote(int standby) throws SQLException {
        var answer =
                cluster.server(standby).row("SELECT pg_promote()", PROMOTION).get(0);
        if (!answer.equals("t")) {
            throw new AssertionError(Deployment.pod(standby) + " could not be promoted");
        }
    }

    private void awaitNotice(int standby) {
        Waiting.until(
                "it is noticed that pod " + standby + " does not stream",
                Limits.MOMENT,
                () -> new Health(cluster)
                        .problems().stream().anyMatch(problem -> problem.contains(Deployment.pod(standby))));
    }

    /** What the checkers missed, in words; nothing when they did their work. */
    static Outcome verdict(Outcome outcome) {
        boolean noticed = outcome.missing() == 1
                && outcome.writable() == 2
                && outcome.problems().size() == 1
                && outcome.problems().get(0).startsWith("2 servers could be written to at the same time");
        return noticed
                ? outcome.withoutProblems()
                : outcome.with("the checkers did not notice what they must, or more");
    }
}
