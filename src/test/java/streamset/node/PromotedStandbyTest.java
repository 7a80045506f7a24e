package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody has promoted a standby of the declared primary, which writes too. */
@Tag("server")
class PromotedStandbyTest {
    @AutoClose
    private final Pods pods = Pods.of(2, Programs.newest());

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    /** No history file says when the first timeline began, and the branch that is left has a newer one. */
    @Test
    void staysReadOnlyBesideAPrimaryOfTheFirstTimelineUntilItIsDeclaredLost() {
        primary.initAndStart();
        pods.job("replicator.sh").mustSucceed();
        var promoted = standby.initAndStart();
        primary.awaitStandby(standby);

        primary.ask("CHECKPOINT");
        standby.ask("CHECKPOINT"); // it has the WAL from there on, so that it can be rewound
        standby.ask("SELECT pg_promote()");

        var fact = Pattern.compile("the data here were a primary's and have WAL from [0-9A-F]+/[0-9A-F]+ to \\S+"
                + " on timeline 2 that db-0.db-svc does not have: read-only, nothing is discarded");
        Await.until(
                "the message",
                () -> promoted.said().stream()
                        .anyMatch(line -> fact.matcher(line).matches()),
                promoted::output);
        assertEquals("t", standby.ask("SELECT pg_is_in_recovery()"));
        assertEquals("f", primary.ask("SELECT pg_is_in_recovery()"));

        pods.lost(0, "1");
        promoted.awaitSaying("rewound to where db-0.db-svc went on");
        primary.awaitStandby(standby);

        pods.latest(primary).kill();
        primary.initAndStart();
        assertEquals("f", primary.ask("SELECT pg_is_in_recovery()"));
        primary.awaitStandby(standby);
    }
}
