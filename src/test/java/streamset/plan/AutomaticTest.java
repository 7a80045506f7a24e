package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of clusters that decide by themselves who is primary. */
@Tag("unit")
class AutomaticTest {
    @TempDir
    private Path folder;

    private Change change;

    @BeforeEach
    void threePods() {
        change = new Change(folder)
                .key("failover", "automatic", "automatic")
                .key("image", "example.org/postgres-patroni:18", "example.org/postgres-patroni:18");
    }

    @Test
    void aNewWishHandsOver() {
        var plan = change.key("primary", "0", "2").plan();
        assertTrue(
                plan.contains(
                        "postgresql-sfs-0 hands over to postgresql-sfs-2 and follows it; no acknowledged commit is lost"),
                plan);
    }

    @Test
    void anOldWishDoesNotMoveWhoeverLeads() {
        var plan = change.leader(1)
                .key("parameters", "{}", "{\"max_connections\":30}")
                .plan();
        assertFalse(plan.contains("hands over"), plan);
        assertTrue(plan.contains(", at the primary as number 2 of 3"), plan);
    }

    @Test
    void aNewWishThatCameTrueByItselfMovesNobody() {
        assertFalse(change.leader(2).key("primary", "0", "2").plan().contains("hands over"));
    }
}
