package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problems;

@Tag("unit")
class DeclaredTopologyTest {
    private static final Topology THREE = new Topology(
            List.of("db-0.svc.shop.svc.cluster.local", "db-1.svc.shop.svc.cluster.local"),
            1,
            List.of(0, 2),
            true,
            "0123456789abcdef",
            8873728,
            "fedcba9876543210",
            7);

    private final StackDraft draft = StackDraft.minimal();

    @Test
    void isALineForEachKeyWithTheGenerationLast() {
        assertEquals("""
                hosts=db-0.svc.shop.svc.cluster.local db-1.svc.shop.svc.cluster.local
                primary=1
                lost=0 2
                keep_diverged=true
                revision=0123456789abcdef
                wal_kilobytes=8873728
                pod=fedcba9876543210
                generation=7
                """, THREE.text());
    }

    @Test
    void isReadBackAsItWasWritten() {
        assertEquals(Optional.of(THREE), Topology.parse(THREE.text()));
        var nobodyLost = of(Optional.empty());
        assertEquals(Optional.of(nobodyLost), Topology.parse(nobodyLost.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRIMARY=0\nLOST=()\n", "hosts=a\nprimary=x\n", "primary=1\n"})
    void isNothingWhenItIsOfAnotherForm(String text) {
        assertEquals(Optional.empty(), Topology.parse(text));
    }

    @Test
    void knowsTheDomainThatThePodsNamesEndIn() {
        assertEquals(Optional.of("cluster.local"), THREE.clusterDomain());
    }

    @Test
    void isOfTheFirstGenerationWhenNothingIsKnownOfAnother() {
        assertEquals(1, of(Optional.empty()).generation());
    }

    @Test
    void isOfTheSameGenerationAsLongAsNothingChanges() {
        var before = of(Optional.empty());
        assertEquals(1, of(Optional.of(before)).generation());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"primary 2", "lost [1]", "keepDiverged true", "replicas 5", "parameters {\"work_mem\":\"1MB\"}"})
    void isOfTheNextGenerationWhenAnythingChanges(String change) {
        var before = of(Optional.empty());
        draft.with(change.split(" ")[0], change.split(" ")[1]);
        var after = of(Optional.of(before));
        assertEquals(2, after.generation());
        assertEquals(2, of(Optional.of(after)).generation());
        draft.without(change.split(" ")[0]);
        assertEquals(3, of(Optional.of(after)).generation());
    }

    @Test
    void followsOneOfTheTimeBeforeGenerations() {
        var former = FormerTopology.parse("""
                # shellcheck shell=bash disable=SC2034 # read by node.sh
                HOSTS=(db-0.svc.shop.svc.example.org db-1.svc.shop.svc.example.org)
                PRIMARY=0
                LOST=()
                KEEP_DIVERGED=false
                REVISION=0123456789abcdef
                WAL_NEEDS=8873728
                """);
        assertEquals(0, former.orElseThrow().generation());
        assertEquals(Optional.of("example.org"), former.flatMap(Topology::clusterDomain));
        assertEquals(1, of(former).generation());
        draft.with("primary", "1");
        assertEquals(1, of(former).generation());
    }

    private Topology of(Optional<Topology> deployed) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "test", problems);
        problems.throwIfAny();
        return Topology.of(spec, "fedcba9876543210", deployed);
    }
}
