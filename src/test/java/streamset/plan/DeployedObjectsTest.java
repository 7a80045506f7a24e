package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.kubernetes.DeclaredStack;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("unit")
class DeployedObjectsTest {
    private static final StackDraft PARTICULAR = StackDraft.minimal()
            .with("name", "orders")
            .with("namespace", "shop")
            .with("clusterDomain", "k.test")
            .with("replicas", "5")
            .with("primary", "4")
            .with("lost", "[0,2]")
            .with("synchronous", "{\"standbys\":2}")
            .with("version", "15")
            .with("image", "registry.example.org:5000/postgres:15.3")
            .with("resources", "{\"cpu\":\"1500m\",\"memory\":\"4Gi\"}")
            .with("storage", "{\"size\":\"100Gi\",\"className\":\"fast\"}")
            .with("wal", "{\"segmentSize\":\"64MB\",\"volume\":{\"size\":\"8Gi\",\"className\":\"faster\"}}")
            .with("secretName", "mine");

    private static final Declaration OTHER = declared(StackDraft.minimal());

    @Test
    void tellWhatTheyWereDeclaredAs() {
        assertEquals(Optional.of(declared(PARTICULAR)), DeployedObjects.read(objects(PARTICULAR), OTHER));
    }

    @Test
    void tellWhatAStackDeclaresThatSaysNothingParticular() {
        var wanted = declared(PARTICULAR);
        assertEquals(Optional.of(OTHER), DeployedObjects.read(objects(StackDraft.minimal()), wanted));
    }

    @Test
    void tellNothingWhereThereIsNeitherAStatefulSetNorAVolume() {
        var few = without(object -> isKind(object, "StatefulSet") || isKind(object, "PersistentVolumeClaim"));
        assertEquals(Optional.empty(), DeployedObjects.read(few, OTHER));
        assertEquals(Optional.empty(), DeployedObjects.read(List.of(), OTHER));
    }

    /** The server puts its default class into a claim, but not into a StatefulSet's template. */
    @Test
    void tellNoClassThatWasNotDeclared() {
        var objects = objects(StackDraft.minimal());
        objects.stream()
                .filter(object -> isKind(object, "PersistentVolumeClaim"))
                .forEach(claim -> ((ObjectNode) claim.get("spec")).put("storageClassName", "standard"));
        assertEquals(Optional.of(OTHER), DeployedObjects.read(objects, OTHER));
    }

    @Test
    void areUnderstoodWithTheEnginesNumbers() {
        var objects = objects(PARTICULAR);
        objects.stream()
                .filter(object -> isKind(object, "StatefulSet"))
                .forEach(set -> ((ObjectNode) set.get("spec")).put("replicas", 5.0));
        assertEquals(Optional.of(declared(PARTICULAR)), DeployedObjects.read(objects, OTHER));
    }

    @Test
    void tellThatAHandOverWasInterrupted() {
        var objects = objects(StackDraft.minimal());
        objects.stream()
                .filter(object -> isKind(object, "ConfigMap")
                        && object.at("/data/topology.sh").isString())
                .forEach(scripts -> ((ObjectNode) scripts.get("data"))
                        .put(
                                "topology.sh",
                                scripts.at("/data/topology.sh").asString().replace("PRIMARY=0", "PRIMARY=2")));
        var deployed = DeployedObjects.read(objects, OTHER).orElseThrow();
        assertEquals(0, deployed.primary());
        assertEquals(2, deployed.appointed());
    }

    @ParameterizedTest
    @CsvSource({
        "StatefulSet, postgresql-sfs",
        "ConfigMap, postgresql-configs",
        "ConfigMap, postgresql-scripts",
        "Service, postgresql-primary"
    })
    void tellWhatIsMissingAndTakeItForWanted(String kind, String name) {
        var few = without(object ->
                isKind(object, kind) && object.at("/metadata/name").asString().equals(name));
        var deployed = DeployedObjects.read(few, OTHER).orElseThrow();
        assertEquals(List.of(kind + " " + name), deployed.missing());
        assertEquals(new Deployed(OTHER).without(kind + " " + name).declaration(), deployed);
    }

    @Test
    void tellTheVersionWithoutAStatefulSetToo() {
        var few = objects(StackDraft.minimal().with("version", "16")).stream()
                .filter(object -> !isKind(object, "StatefulSet"))
                .toList();
        assertEquals(16, DeployedObjects.read(few, OTHER).orElseThrow().version());
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/postgres:16, 16",
        "registry.example.org:5000/postgres:16.3-bookworm@sha256:9999999999999999999999999999999999999999999999999999999999999999, 16",
        "registry.example.org:5000/mine:latest, 18",
        "mine@sha256:9999999999999999999999999999999999999999999999999999999999999999, 18",
    })
    void takeTheVersionForWantedWhereTheImageDoesNotTellIt(String image, int version) {
        var draft = StackDraft.minimal().with("version", "16").with("image", image);
        assertEquals(
                version,
                DeployedObjects.read(objects(draft), OTHER).orElseThrow().version());
    }

    private static List<JsonNode> without(Predicate<JsonNode> gone) {
        return objects(StackDraft.minimal()).stream().filter(gone.negate()).toList();
    }

    private static boolean isKind(JsonNode object, String kind) {
        return object.get("kind").asString().equals(kind);
    }

    private static List<JsonNode> objects(StackDraft draft) {
        return DeclaredStack.of(draft).objects().toList();
    }

    private static Declaration declared(StackDraft draft) {
        var spec = ClusterSpec.of(draft.config(), Path.of(""), "test", new Problems());
        return Declaration.of(spec.config(), spec.settings(), spec.files());
    }
}
