package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.cluster.ProgramVersion;
import streamset.config.StackDraft;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.pod.VolumeKind;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The first update of a cluster that version 1.0 before the topology was data has deployed: former.yaml is its dev stack, the
 * scripts left out.
 */
@Tag("unit")
class FormerVersionTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void isReadAsWhatItIs() {
        var deployed = DeployedObjects.of(former());
        var declared = deployed.declaration(wanted("18")).orElseThrow();
        assertEquals("k8s-training", declared.names().namespace());
        assertEquals("cluster.local", declared.names().clusterDomain());
        assertEquals(18, declared.version());
        assertEquals(3, declared.replicas());
        assertEquals(0, declared.primary());
        assertEquals(0, declared.declaredPrimary());
        assertEquals(
                "2Gi", declared.volume(VolumeKind.DATA).orElseThrow().size().quantity());
        assertEquals("256Mi", declared.pods().get("resources.memory"));
        assertEquals("postgresql-passwords", declared.pods().get("secretName"));
        assertEquals(List.of(), declared.lost());
    }

    @Test
    void isARollingRestartInWhichNothingIsRefused() {
        var problems = new Problems();
        var text = Plan.of(DeployedObjects.of(former()), wanted("18"), problems)
                .orElseThrow()
                .text("changes since yesterday");
        assertTrue(text.startsWith("changes since yesterday: writes pause for about 3 s\n"), text);
        for (var line : List.of(
                "\n  the node scripts  ",
                ".secret.secretName  ", // which nobody has named
                "a separate server checks the conf files first",
                "the objects are declared by version " + ProgramVersion.TEXT
                        + " of streamset, previously by an older one: no pause",
                "ConfigMap postgresql-topology does not exist and is created: no pause",
                "ConfigMap postgresql-scripts is no longer declared and is removed: no pause",
                "the node scripts change: pods run them from their restart on: no pause",
                "pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0)",
                "the Jobs run again, because their scripts change: no pause",
                "replaced: the pods; all volumes stay, with their data")) {
            assertTrue(text.contains(line), line + " in\n" + text);
        }
        assertFalse(text.contains("passwords of the roles change"), text);
        assertFalse(text.contains("streamset:secretName"), text);
    }

    private static WantedObjects wanted(String version) {
        var draft = StackDraft.withPasswords("a", "b")
                .with("namespace", "k8s-training")
                .with("version", version)
                .with("resources", "{\"cpu\":\"300m\",\"memory\":\"256Mi\"}")
                .with("storage", "{\"size\":\"2Gi\"}")
                .with("wal", "{\"keepSize\":\"152MB\"}");
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "dev", problems);
        problems.throwIfAny();
        var objects = ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.of(former()));
        return WantedObjects.of(objects.json(), spec);
    }

    private static List<JsonNode> former() {
        try (var file = FormerVersionTest.class.getResourceAsStream("former.yaml")) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
                return documents.readAll();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
