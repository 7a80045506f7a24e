package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.StackDraft;
import tools.jackson.databind.JsonNode;

@Tag("unit")
class ScriptsConfigMapTest {
    private static final Path SCRIPTS = Path.of("src/main/bash");

    private final DeclaredStack stack = DeclaredStack.of(StackDraft.minimal());

    @Test
    void ofPodsAndOfJobsHoldEveryScriptOfTheRepositoryAsItIs() throws IOException {
        var found = new HashMap<String, String>();
        var declared = DeclaredStack.of(withAll());
        var automatic = DeclaredStack.of(
                withAll().with("failover", "automatic").with("image", "example.org/postgres-patroni:18"));
        for (var ofEngine : List.of(declared, automatic)) { // both together use all
            for (var map : List.of("postgresql-scripts", "postgresql-jobs")) {
                ofEngine.object("ConfigMap", map)
                        .get("data")
                        .properties()
                        .forEach(entry ->
                                found.put(entry.getKey(), entry.getValue().asString()));
            }
        }
        var expected = new HashMap<String, String>();
        try (var files = Files.walk(SCRIPTS)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                expected.put(SCRIPTS.relativize(file).toString().replace('/', '.'), Files.readString(file));
            }
        }
        assertEquals(expected, found);
    }

    private static StackDraft withAll() {
        var store = "\"bucket\":\"backups\",\"endpoint\":\"s3.example.org\",\"secretName\":\"backup\"";
        return StackDraft.minimal()
                .with("databases", "{\"orders\":{}}")
                .with("backup", "{" + store + ",\"image\":\"example.org/postgres-pgbackrest:18\"}")
                .with("restore", "{\"from\":{" + store + ",\"path\":\"/former\"},\"latest\":\"true\"}");
    }

    @Test
    void ofPodsHaveNothingThatOnlyJobsRun() {
        assertFalse(data("postgresql-scripts").propertyNames().stream().anyMatch(name -> name.startsWith("jobs.")));
        assertTrue(data("postgresql-jobs").propertyNames().contains("jobs.handover.sh"));
        assertFalse(data("postgresql-jobs").propertyNames().contains("start.sh"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql-scripts", "postgresql-jobs"})
    void neverChangeUnderTheirName(String name) {
        var map = stack.object("ConfigMap", name);
        assertEquals("true", map.get("immutable").asString());
        assertTrue(
                map.at("/metadata/name").asString().matches(name + "-[0-9a-f]{10}"),
                map.at("/metadata/name")::asString);
    }

    @Test
    void comeBackAsFilesInTheirFolders() {
        var volume = stack.object("StatefulSet", "postgresql-sfs")
                .at("/spec/template/spec/volumes")
                .valueStream()
                .filter(one -> one.get("name").asString().equals("scripts"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                stack.object("ConfigMap", "postgresql-scripts")
                        .at("/metadata/name")
                        .asString(),
                volume.at("/configMap/name").asString());
        var paths = new TreeSet<String>();
        volume.at("/configMap/items").forEach(item -> {
            assertEquals(item.get("key").asString(), item.get("path").asString().replace('/', '.'));
            paths.add(item.get("key").asString());
        });
        assertEquals(new TreeSet<>(data("postgresql-scripts").propertyNames()), paths);
    }

    private JsonNode data(String name) {
        return stack.object("ConfigMap", name).get("data");
    }
}
