package streamset.plan.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("unit")
class ObjectReaderTest {
    private static final StackDraft PARTICULAR = StackDraft.minimal()
            .with("name", "orders")
            .with("namespace", "shop")
            .with("clusterDomain", "k.test")
            .with("replicas", "5")
            .with("primary", "4")
            .with("lost", "[0,2]")
            .with("keepDiverged", "true")
            .with("synchronous", "{\"standbys\":2}")
            .with("version", "15")
            .with("image", "registry.example.org:5000/postgres:15.3")
            .with("resources", "{\"cpu\":\"1500m\",\"memory\":\"4Gi\"}")
            .with("storage", "{\"size\":\"100Gi\",\"className\":\"fast\"}")
            .with("wal", "{\"segmentSize\":\"64MB\",\"volume\":{\"size\":\"8Gi\",\"className\":\"faster\"}}")
            .with("secretName", "mine");

    private static final WantedObjects OTHER = wanted(StackDraft.minimal());
    private static final Declaration OTHERS = OTHER.declaration();

    @Test
    void tellWhatTheyWereDeclaredAs() {
        assertEquals(Optional.of(wanted(PARTICULAR).declaration()), read(objects(PARTICULAR), OTHER));
    }

    @Test
    void tellWhatAStackDeclaresThatSaysNothingParticular() {
        assertEquals(Optional.of(OTHERS), read(objects(StackDraft.minimal()), wanted(PARTICULAR)));
    }

    @Test
    void tellNothingWhereThereIsNeitherAStatefulSetNorAVolume() {
        var few = without(object -> isKind(object, "StatefulSet") || isKind(object, "PersistentVolumeClaim"));
        assertEquals(Optional.empty(), read(few, OTHER));
        assertEquals(Optional.empty(), read(List.of(), OTHER));
    }

    /** The server puts its default class into a claim, but not into a StatefulSet's template. */
    @Test
    void tellNoClassThatWasNotDeclared() {
        var objects = objects(StackDraft.minimal());
        objects.stream()
                .filter(object -> isKind(object, "PersistentVolumeClaim"))
                .forEach(claim -> ((ObjectNode) claim.get("spec")).put("storageClassName", "standard"));
        assertEquals(OTHERS.volumes(), read(objects, OTHER).orElseThrow().volumes());
    }

    @Test
    void areUnderstoodWithTheEnginesNumbers() {
        var objects = objects(PARTICULAR);
        objects.stream()
                .filter(object -> isKind(object, "StatefulSet"))
                .forEach(set -> ((ObjectNode) set.get("spec")).put("replicas", 5.0));
        assertEquals(Optional.of(wanted(PARTICULAR).declaration()), read(objects, OTHER));
    }

    @Test
    void tellThatAHandOverWasInterrupted() {
        var objects = objects(StackDraft.minimal());
        objects.stream()
                .filter(object -> isKind(object, "ConfigMap")
                        && object.at("/data/topology").isString())
                .forEach(map -> ((ObjectNode) map.get("data"))
                        .put("topology", map.at("/data/topology").asString().replace("primary=0", "primary=2")));
        var deployed = read(objects, OTHER).orElseThrow();
        assertEquals(0, deployed.primary());
        assertEquals(2, deployed.declaredPrimary());
    }

    @ParameterizedTest
    @CsvSource({
        "ConfigMap, postgresql-configs",
        "ConfigMap, postgresql-topology",
        "Service, postgresql-primary",
    })
    void tellNothingElseOfAnObjectThatIsMissingThanIsWanted(String kind, String name) {
        var few = without(object ->
                isKind(object, kind) && object.at("/metadata/name").asString().equals(name));
        assertEquals(Optional.of(OTHERS), read(few, OTHER));
    }

    /** Everything particular is in the objects of the stack that is wanted, too. */
    @ParameterizedTest
    @CsvSource({
        "ConfigMap, orders-configs",
        "ConfigMap, orders-topology",
        "Service, orders-primary",
    })
    void takeWhatAMissingObjectWouldTellFromTheStack(String kind, String name) {
        var few = without(
                PARTICULAR,
                object -> isKind(object, kind)
                        && object.at("/metadata/name").asString().equals(name));
        assertEquals(few.size() + 1, objects(PARTICULAR).size());
        assertEquals(Optional.of(wanted(PARTICULAR).declaration()), read(few, wanted(PARTICULAR)));
    }

    @Test
    void tellTheClassesOfVolumesWithoutAStatefulSetByTheStack() {
        var few = without(PARTICULAR, object -> isKind(object, "StatefulSet"));
        var deployed = read(few, wanted(PARTICULAR)).orElseThrow();
        assertEquals(wanted(PARTICULAR).declaration().volumes(), deployed.volumes());
        assertEquals(
                wanted(PARTICULAR).declaration().pods().get(Declaration.IMAGE),
                read(few, OTHER).orElseThrow().pods().get(Declaration.IMAGE));
    }

    /** A cluster that has no claim for its WAL yet has it with its data. */
    @Test
    void tellOfNoVolumeForWalThatNoPodHasClaimed() {
        var few = without(
                PARTICULAR,
                object -> isKind(object, "PersistentVolumeClaim")
                        && object.at("/metadata/name").asString().startsWith("wal-"));
        var deployed = read(few, wanted(PARTICULAR)).orElseThrow();
        assertEquals(wanted(PARTICULAR).declaration().volumes().subList(0, 1), deployed.volumes());
        var none = without(PARTICULAR, object -> isKind(object, "PersistentVolumeClaim"));
        assertEquals(
                deployed.volumes(), read(none, wanted(PARTICULAR)).orElseThrow().volumes());
    }

    @Test
    void tellWhatPatroniKeepsAndWhoLeads() {
        var objects = objects(automatic());
        annotate(
                objects,
                "postgresql-config",
                "config",
                "{\"ttl\":20,\"synchronous_node_count\":1,\"synchronous_mode\":\"quorum\"}");
        annotate(objects, "postgresql-leader", "leader", "postgresql-sfs-2");
        var deployed = read(objects, wanted(automatic())).orElseThrow();
        assertEquals(
                Optional.of("{\"ttl\":20,\"synchronous_node_count\":1,\"synchronous_mode\":\"quorum\"}"),
                deployed.patroni());
        assertEquals("ANY 1 (*)", deployed.standbyNames());
        assertEquals(2, deployed.primary());

        annotate(objects, "postgresql-config", "config", "{\"ttl\":20}");
        assertEquals("", read(objects, wanted(automatic())).orElseThrow().standbyNames());
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 0", "3, 3, 0", "2, 3, 2", "4, 5, 4"})
    void goOnUnderWhoeverLedUnlessItsPodIsRemoved(int leader, int replicas, int primary) {
        var objects = objects(automatic().with("replicas", "5"));
        annotate(objects, "postgresql-leader", "leader", "postgresql-sfs-" + leader);
        var fewer = wanted(automatic().with("replicas", Integer.toString(replicas)));
        var before = read(objects, fewer).orElseThrow();
        assertEquals(leader, before.primary());
        assertEquals(primary, fewer.declaration().after(before).primary());
    }

    private static StackDraft automatic() {
        return StackDraft.minimal().with("failover", "automatic").with("image", "example.org/postgres-patroni:18");
    }

    private static void annotate(List<JsonNode> objects, String name, String key, String value) {
        objects.stream()
                .filter(object -> isKind(object, "ConfigMap")
                        && object.at("/metadata/name").asString().equals(name))
                .forEach(map -> ((ObjectNode) map.get("metadata"))
                        .withObjectProperty("annotations")
                        .put(key, value));
    }

    @Test
    void tellThatThereAreNoPods() {
        var few = without(object -> isKind(object, "StatefulSet"));
        var deployed = read(few, OTHER).orElseThrow();
        assertFalse(deployed.hasPods());
        assertEquals(OTHERS.pods(), deployed.pods());
    }

    /** Claims of pods that are no longer declared would go unseen otherwise, with their data. */
    @ParameterizedTest
    @CsvSource({"hosts=.*, hosts=a b c d e, 5", "hosts=.*, hosts=, 1", "primary=.*, primary=x, 1"})
    void tellTheNumberOfPodsWithoutAStatefulSetByTheTopology(String line, String found, int replicas) {
        var few = without(object -> isKind(object, "StatefulSet"));
        few.stream().filter(object -> object.at("/data/topology").isString()).forEach(map -> {
            var data = (ObjectNode) map.get("data");
            data.put("topology", data.get("topology").asString().replaceFirst(line, found));
        });
        var one = wanted(StackDraft.minimal().with("replicas", "1"));
        assertEquals(replicas, read(few, one).orElseThrow().replicas());
    }

    @Test
    void tellTheVersionWithoutAStatefulSetToo() {
        var few = objects(StackDraft.minimal().with("version", "16")).stream()
                .filter(object -> !isKind(object, "StatefulSet"))
                .toList();
        assertEquals(16, read(few, OTHER).orElseThrow().version());
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/postgres:16, 16",
        "registry.example.org:5000/postgres:16.3-bookworm@sha256:9999999999999999999999999999999999999999999999999999999999999999, 16",
        "registry.example.org:5000/mine:v16, 16",
        "registry.example.org:5000/mine:latest, 18",
        "mine@sha256:9999999999999999999999999999999999999999999999999999999999999999, 18",
    })
    void takeTheVersionFromTheTagWhereNoLabelTellsIt(String image, int version) {
        var objects = objects(StackDraft.minimal().with("version", "16").with("image", image));
        objects.forEach(object -> ((ObjectNode) object.at("/metadata/labels")).remove("app.kubernetes.io/version"));
        assertEquals(version, read(objects, OTHER).orElseThrow().version());
    }

    @Test
    void tellTheVersionByALabelWhateverTheImageIsCalled() {
        var objects = objects(StackDraft.minimal().with("version", "16").with("image", "mine:latest"));
        assertEquals(16, read(objects, OTHER).orElseThrow().version());
    }

    private static List<JsonNode> without(Predicate<JsonNode> gone) {
        return without(StackDraft.minimal(), gone);
    }

    private static List<JsonNode> without(StackDraft draft, Predicate<JsonNode> gone) {
        return objects(draft).stream().filter(gone.negate()).toList();
    }

    private static boolean isKind(JsonNode object, String kind) {
        return object.get("kind").asString().equals(kind);
    }

    private static List<JsonNode> objects(StackDraft draft) {
        return wanted(draft).objects();
    }

    private static Optional<Declaration> read(List<JsonNode> objects, WantedObjects wanted) {
        return DeployedObjects.of(objects).declaration(wanted);
    }

    private static WantedObjects wanted(StackDraft draft) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "test", problems);
        problems.throwIfAny();
        var place = Place.of(Target.from(draft.raw(), problems));
        return WantedObjects.of(
                ClusterObjects.of(spec, place, DeployedNodes.NONE).json(), spec);
    }
}
