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
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    /** No history file says when the first timeline began. */
    @Test
    void staysReadOnlyBesideAPrimaryOfTheFirstTimelineUntilItIsDeclaredLost() {
        primary.initAndStart();
        var promoted = standby.initAndStart();
        primary.awaitStandby(standby);

        standby.ask("SELECT pg_promote()");

        var fact = Pattern.compile("the data here were a primary's and have WAL from an unknown position to \\S+"
                + " on timeline 2 that db-0.db-svc does not have: read-only, nothing is discarded");
        Await.until(
                "the message",
                () -> promoted.said().stream()
                        .anyMatch(line -> fact.matcher(line).matches()),
                promoted::output);
        assertEquals("t", standby.ask("SELECT pg_is_in_recovery()"));
        assertEquals("f", primary.ask("SELECT pg_is_in_recovery()"));

        pods.lost(0, "1");
        primary.awaitStandby(standby);
    }
}
