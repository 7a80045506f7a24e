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

/** In which order an update declares what takes part in a handover. */
@Tag("unit")
class ClusterObjectsTest {
    private static final List<String> MEANT = List.of("handover", "writable", "primary", "sfs");

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

    @ParameterizedTest
    @CsvSource({
        "0, 0, [],  handover=-2 writable=-2 primary=-1 sfs=-2",
        "0, 2, [],  handover=-2 writable=-2 primary=-1 sfs=-2",
        "2, 0, [],  handover=-3 writable=-2 primary=-2 sfs=-1",
        "2, 0, [2], handover=-2 writable=-2 primary=-1 sfs=-2",
    })
    void theStatefulSetComesLastWhereTheRoleMovesDown(int before, int after, String lost, String order) {
        var there = ClusterObjects.of(spec(before, "[]"), Place.UNKNOWN, DeployedNodes.NONE)
                .json();

        assertEquals(order, order(spec(after, lost), DeployedNodes.of(there)));
        assertEquals("handover=-2 writable=-2 primary=-1 sfs=-2", order(spec(after, lost), DeployedNodes.NONE));
    }

    /** No handover can come first there: the Job that awaits it waits for the pods of the new engine. */
    @Test
    void theStatefulSetWaitsForNoHandoverToOrFromAnotherEngine() {
        var automatic = DeployedNodes.of(ClusterObjects.of(ofEngine("automatic", 2), Place.UNKNOWN, DeployedNodes.NONE)
                .json());
        var declared = DeployedNodes.of(ClusterObjects.of(ofEngine("declared", 2), Place.UNKNOWN, DeployedNodes.NONE)
                .json());

        assertEquals("handover=-2 writable=-2 primary=-1 sfs=-2", order(ofEngine("declared", 0), automatic));
        assertEquals("handover=-3 writable=-2 primary=-2 sfs=-1", order(ofEngine("declared", 0), declared));
        var stages = ClusterObjects.of(ofEngine("automatic", 0), Place.UNKNOWN, declared)
                .stages();
        assertTrue(
                stages.get(stages.size() - 2)
                        .objects()
                        .anyMatch(object -> object.purpose().equals("sfs")),
                "the StatefulSet is beside the switchover");
    }
}
