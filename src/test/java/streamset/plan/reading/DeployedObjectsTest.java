package streamset.plan.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What kubectl lists in a namespace, in which there may be other clusters and other people's objects. */
@Tag("unit")
class DeployedObjectsTest {
    private static JsonNode object(String kind, String name, String program, String cluster) {
        return JsonMapper.shared().readTree("""
                {"kind": "%s", "metadata": {"name": "%s", "labels":
                  {"app.kubernetes.io/part-of": "%s", "app.kubernetes.io/instance": "%s"}}}
                """.formatted(kind, name, program, cluster));
    }

    private static JsonNode storageClass(String name, String more) {
        return JsonMapper.shared()
                .readTree("{\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"" + name + "\"}" + more + "}");
    }

    private final DeployedObjects listed = DeployedObjects.listed(
            List.of(
                    object("ConfigMap", "orders-configs", "streamset", "orders"),
                    object("ConfigMap", "other-configs", "streamset", "other"),
                    object("ConfigMap", "orders-mine", "somebody", "orders"),
                    storageClass("fast", ",\"allowVolumeExpansion\":true"),
                    storageClass("slow", ",\"allowVolumeExpansion\":false"),
                    storageClass("old", "")),
            "orders");

    @Test
    void areThoseOfTheClusterAlone() {
        assertEquals(
                List.of("orders-configs"),
                listed.objects().stream()
                        .map(object -> object.at("/metadata/name").asString())
                        .toList());
        assertTrue(listed.isOfTheCluster());
    }

    @Test
    void tellWhichClassesDoNotLetVolumesGrow() {
        assertEquals(Optional.of(Set.of("slow", "old")), listed.fixedClasses());
    }

    @Test
    void tellWhatIsMissingOnlyOfKindsThatWereListed() {
        assertTrue(Stream.of("StatefulSet", "Job", "PodDisruptionBudget").allMatch(listed::lists));
        assertFalse(listed.lists("Secret"));
        var state = DeployedObjects.of(List.of());
        assertTrue(state.lists("Secret"));
        assertFalse(state.isOfTheCluster());
    }
}
