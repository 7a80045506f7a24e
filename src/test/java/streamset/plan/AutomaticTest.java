package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.node.Labels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
    void aNewWishBesideARestartMayRestartTwoLeaders() {
        var plan = change.key("primary", "0", "2")
                .key("parameters", "{}", "{\"max_connections\":30}")
                .plan();
        assertTrue(plan.startsWith("changes since yesterday: writes pause for about 13 s\n"), plan);
        assertTrue(
                plan.contains(
                        "clients' connections end once at each pod: writes pause for about 10 s, at most: the pod that leads then may"
                                + " restart after it has taken over\n"),
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
        var plan = change.key("replicas", "5", "3").leader(3).plan();
        assertTrue(
                plan.contains(
                        "another pod takes over from postgresql-sfs-3 (or whichever pod leads then), which is removed; no"
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
                plan.matches("(?s)changes since yesterday: writes pause for about 17 s\n\n"
                        + "  setting +from +to +by\n"
                        + "  streamset:image +docker.io/library/postgres:18 +example.org/postgres-patroni:18 +restart\n"
                        + "  streamset:failover +declared +automatic +restart\n"
                        + "  the node scripts +\\w+ +\\w+ +restart\n\n.*"),
                plan);
        assertTrue(
                plan.contains(
                        "all pods stop, and after that all start with failover automatic, because with pods of both"
                                + " kinds side by side two servers could write; postgresql-sfs is deleted and created for that; the"
                                + " first to lead waits until all have started: writes pause for about 17 s\n"),
                plan);
        assertTrue(plan.contains("ConfigMap postgresql-leader does not exist and is created: no pause"), plan);
        assertTrue(plan.contains("replaced: the StatefulSet and its pods; all volumes stay, with their data\n"), plan);
        assertFalse(plan.contains("hands over"), plan);
    }

    @Test
    void theMarkOfTheEngineTakenAwayByHandRecreatesAllPods() {
        var plan = change.found(before -> before.with(
                        "StatefulSet postgresql-sfs",
                        set -> ((ObjectNode) set.at("/metadata/annotations")).remove(Labels.FAILOVER)))
                .plan();
        assertTrue(plan.startsWith("changes since yesterday: writes pause for about 17 s\n"), plan);
        assertTrue(
                plan.contains(
                        "all pods stop, and after that all start: the annotation streamset/failover of postgresql-sfs"
                                + " was changed by somebody else, so it is deleted and created: writes pause for about 17 s\n"),
                plan);
        assertTrue(plan.contains("replaced: the StatefulSet and its pods; all volumes stay, with their data\n"), plan);
        assertFalse(plan.contains("StatefulSet postgresql-sfs changes"), plan);
    }

    @Test
    void anotherEngineCoversOnlyWhatFollowsFromIt() {
        var plan = new Change(folder)
                .key("image", "docker.io/library/postgres:18", "example.org/postgres-patroni:18")
                .key("failover", "declared", "automatic")
                .found(there -> there.with("StatefulSet postgresql-sfs", AutomaticTest::labelled)
                        .with("ConfigMap postgresql-topology", AutomaticTest::labelled)
                        .with("Service postgresql-primary", AutomaticTest::labelled))
                .plan();
        assertTrue(
                plan.contains(
                        "ConfigMap postgresql-topology, StatefulSet postgresql-sfs, Service postgresql-primary change:"
                                + " metadata.labels.team from a to (not set): no pause\n"),
                plan);
        assertFalse(plan.contains("spec.selector"), plan);
        assertFalse(plan.contains("streamset/failover"), plan);
    }

    private static void labelled(ObjectNode object) {
        ((ObjectNode) object.at("/metadata/labels")).put("team", "a");
    }

    @Test
    void theEngineThatAnObjectNamesIsPutBack() {
        var plan = change.after("keepVolumes", "false")
                .found(there -> there.with(
                        "ConfigMap postgresql-configs",
                        map -> ((ObjectNode) map.at("/metadata/annotations")).remove("streamset/failover")))
                .plan();
        assertTrue(
                plan.contains(
                        "ConfigMap postgresql-configs changes: metadata.annotations[streamset/failover] from (not set) to"
                                + " automatic: no pause\n"),
                plan);
    }

    @Test
    void theWayBackIsTheSameAndHandsOverAfterIt() {
        var plan = new Change(folder)
                .key("image", "example.org/postgres-patroni:18", "docker.io/library/postgres:18")
                .key("failover", "automatic", "declared")
                .leader(1)
                .plan();
        assertTrue(plan.startsWith("changes since yesterday: writes pause for about 18 s\n"), plan);
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

    @Test
    void whatPatronictlHasChangedIsPutBack() {
        change.found(there -> there.with("ConfigMap postgresql-config", AutomaticTest::changedByHand))
                .isPlanned("no pause", """

                          steps
                            1. Patroni's loop_wait changes from 10 to 5: no pause
                            2. max_connections, which was changed by hand to 120 (patronictl edit-config), becomes 200; a server that has restarted since then has the other value until its next restart: no pause
                            3. pause, which is true and not declared (patronictl edit-config sets it), is removed: no pause

                          replaced: only Jobs; all volumes stay, with their data
                        """);
    }

    private static void changedByHand(ObjectNode map) {
        var annotations = (ObjectNode) map.at("/metadata/annotations");
        Optional.ofNullable(annotations.get("config")) // which the ConfigMap with the conf files lacks
                .map(JsonNode::asString)
                .map(json -> json.replace("\"max_connections\":\"200\"", "\"max_connections\":120")
                        .replace("\"loop_wait\":5,", "\"loop_wait\":10,\"pause\":true,"))
                .ifPresent(json -> annotations.put("config", json));
    }

    @Test
    void whatTheStackChangesInPatroniHasOneRow() {
        var plan = change.key("parameters", "{}", "{\"max_connections\":30}").plan();
        assertTrue(plan.matches("(?s).*\n  max_connections +200 +30 +restart\n.*"), plan);
        assertFalse(plan.contains("by hand") || plan.contains("postgresql-config"), plan);
    }

    @Test
    void otherTimesAreToldBesideParametersThatHaveARow() {
        var plan = change.key("parameters", "{}", "{\"max_connections\":30}")
                .key("failoverTimes", "{\"loopWait\":\"5s\"}", "{\"loopWait\":\"4s\"}")
                .plan();
        assertTrue(plan.contains("Patroni's loop_wait changes from 5 to 4: no pause\n"), plan);
        assertFalse(plan.contains("Patroni's max_connections"), plan);
    }

    @Test
    void otherTimesAreToldOneByOne() {
        var plan = change.key("failoverTimes", "{\"loopWait\":\"5s\"}", "{\"loopWait\":\"4s\"}")
                .plan();
        assertTrue(plan.contains("Patroni's loop_wait changes from 5 to 4: no pause\n"), plan);
    }
}
