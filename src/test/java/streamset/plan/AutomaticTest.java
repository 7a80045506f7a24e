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
                        "postgresql-sfs-0 (or whichever pod leads then) hands over to postgresql-sfs-2 and follows it; no"
                                + " acknowledged commit is lost: writes pause for about 3 s"),
                plan);
    }

    @Test
    void anOldWishDoesNotMoveWhoeverLeads() {
        var plan = change.leader(1)
                .key("parameters", "{}", "{\"max_connections\":30}")
                .plan();
        assertFalse(plan.contains("hands over"), plan);
        assertTrue(
                plan.contains(
                        ", at the primary as number 2 of 3, unless another pod leads then: writes pause for about 3 s"),
                plan);
    }

    @Test
    void aLeaderThatRestartsFirstIsFollowedByOneThatRestartsToo() {
        var plan = change.leader(2)
                .key("parameters", "{}", "{\"max_connections\":30}")
                .plan();
        assertTrue(
                plan.contains(
                        "writes pause for about 6 s, at postgresql-sfs-2, and once more at the pod that takes over from it"),
                plan);
    }

    @Test
    void anotherTakesOverFromALeaderWhosePodIsRemoved() {
        var plan = change.key("replicas", "5", "3").leader(4).plan();
        assertTrue(
                plan.contains(
                        "another pod takes over from postgresql-sfs-4 (or whichever pod leads then), which is removed; no"
                                + " acknowledged commit is lost: writes pause for about 3 s"),
                plan);
    }

    @Test
    void moreRightsAreShownWhereTheyDiffer() {
        var plan = change.key("replicas", "3", "5").plan();
        assertTrue(plan.contains("Role postgresql-patroni changes: rules from "), plan);
        assertTrue(plan.contains("postgresql-sfs-3"), plan);
    }

    @Test
    void anotherEngineStartsWhenAllPodsHaveStopped() {
        var plan = new Change(folder)
                .key("image", "docker.io/library/postgres:18", "example.org/postgres-patroni:18")
                .key("failover", "declared", "automatic")
                .plan();
        assertTrue(
                plan.matches("(?s)changes since yesterday: writes pause for about 12 s\n\n"
                        + "  setting +from +to +by\n"
                        + "  streamset:image +docker.io/library/postgres:18 +example.org/postgres-patroni:18 +restart\n"
                        + "  streamset:failover +declared +automatic +restart\n"
                        + "  the node scripts +\\w+ +\\w+ +restart\n\n.*"),
                plan);
        assertTrue(
                plan.contains(
                        "all pods stop, and after that all start with failover automatic, because with pods of both"
                                + " kinds side by side two servers could write; postgresql-sfs is deleted and created for that; the"
                                + " first to lead waits until all have started: writes pause for about 12 s\n"),
                plan);
        assertTrue(plan.contains("ConfigMap postgresql-leader does not exist and is created: no pause"), plan);
        assertTrue(plan.contains("replaced: the StatefulSet and its pods; all volumes stay, with their data\n"), plan);
        assertFalse(plan.contains("hands over"), plan);
    }

    @Test
    void theWayBackIsTheSameAndHandsOverAfterIt() {
        var plan = new Change(folder)
                .key("image", "example.org/postgres-patroni:18", "docker.io/library/postgres:18")
                .key("failover", "automatic", "declared")
                .leader(1)
                .plan();
        assertTrue(plan.startsWith("changes since yesterday: writes pause for about 13 s\n"), plan);
        assertTrue(plan.matches("(?s).*  streamset:failover +automatic +declared +restart\n.*"), plan);
        assertTrue(
                plan.matches("(?s).*all pods stop, and after that all start with failover declared, .*"
                        + "postgresql-sfs-1 \\(or whichever pod leads then\\) hands over to postgresql-sfs-0 .*"),
                plan);
        assertTrue(plan.contains("ConfigMap postgresql-leader is no longer declared and stays: no pause\n"), plan);
        assertTrue(
                plan.contains("ServiceAccount postgresql-patroni is no longer declared and is removed: no pause\n"),
                plan);
    }
}
