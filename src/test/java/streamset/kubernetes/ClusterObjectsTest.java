package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.node.DeployedNodes;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** In which order an update declares what takes part in a handover or a restart. */
@Tag("unit")
class ClusterObjectsTest {
    private static final List<String> MEANT = List.of("handover", "writable", "primary", "sfs", "restarted");

    private static ClusterSpec spec(int primary, String lost) {
        var problems = new Problems();
        var draft =
                StackDraft.minimal().with("primary", Integer.toString(primary)).with("lost", lost);
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "dev", problems);
        problems.throwIfAny();
        return spec;
    }

    private static ClusterSpec ofEngine(String failover, int primary) {
        var problems = new Problems();
        var draft = StackDraft.minimal()
                .with("image", "example.org/postgres-patroni:18")
                .with("failover", failover)
                .with("primary", Integer.toString(primary));
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "dev", problems);
        problems.throwIfAny();
        return spec;
    }

    private static List<JsonNode> json(ClusterSpec spec) {
        return ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.NONE).json();
    }

    private static String order(ClusterSpec spec, DeployedNodes deployed) {
        var stages = ClusterObjects.of(spec, Place.UNKNOWN, deployed).stages();
        return String.join(
                " ",
                MEANT.stream()
                        .map(purpose -> purpose + "="
                                + IntStream.range(0, stages.size())
                                        .filter(stage -> stages.get(stage)
                                                .objects()
                                                .anyMatch(object ->
                                                        object.purpose().equals(purpose)))
                                        .map(stage -> stage - stages.size())
                                        .findFirst()
                                        .orElseThrow())
                        .toList());
    }

    /** It can fail, for a pod that does not come back: what comes after it must not need it. */
    @Test
    void nothingWaitsForTheJobThatWaitsForRestarts() {
        for (var deployed : List.of(DeployedNodes.NONE, DeployedNodes.of(json(spec(2, "[]"))))) {
            ClusterObjects.of(spec(0, "[]"), Place.UNKNOWN, deployed)
                    .stages()
                    .forEach(stage -> assertTrue(stage.awaited().stream()
                            .noneMatch(object -> object.purpose().equals("restarted"))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, [],  handover=-2 writable=-2 primary=-1 sfs=-2 restarted=-2",
        "0, 2, [],  handover=-2 writable=-2 primary=-1 sfs=-2 restarted=-2",
        "2, 0, [],  handover=-3 writable=-2 primary=-2 sfs=-1 restarted=-1",
        "2, 0, [2], handover=-2 writable=-2 primary=-1 sfs=-2 restarted=-2",
    })
    void theStatefulSetComesLastWhereTheRoleMovesDown(int before, int after, String lost, String order) {
        var there = json(spec(before, "[]"));

        assertEquals(order, order(spec(after, lost), DeployedNodes.of(there)));
        assertEquals(
                "handover=-2 writable=-2 primary=-1 sfs=-2 restarted=-2", order(spec(after, lost), DeployedNodes.NONE));
    }

    /** No handover can come first there: the Job that awaits it waits for the pods of the new engine. */
    @Test
    void theStatefulSetWaitsForNoHandoverToOrFromAnotherEngine() {
        var automatic = DeployedNodes.of(json(ofEngine("automatic", 2)));
        var declared = DeployedNodes.of(json(ofEngine("declared", 2)));

        // nothing has the label that the Service selects, once the pods of the automatic failover are gone
        assertEquals(
                "handover=-1 writable=-1 primary=-1 sfs=-1 restarted=-1", order(ofEngine("declared", 0), automatic));
        assertEquals(
                "handover=-3 writable=-2 primary=-2 sfs=-1 restarted=-1", order(ofEngine("declared", 0), declared));
        var stages = ClusterObjects.of(ofEngine("automatic", 0), Place.UNKNOWN, declared)
                .stages();
        assertTrue(
                stages.get(stages.size() - 2)
                        .objects()
                        .anyMatch(object -> object.purpose().equals("sfs")),
                "the StatefulSet is beside the switchover");
    }
}
