package streamset.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.workflows.RealEngine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stack that was deployed when claims and namespace had the same name for Pulumi as in Kubernetes: former-urns.txt has all
 * names that the program gave at that time. The real engine tells what the next update does to it.
 */
@Tag("cluster")
class FormerStateIT {
    private static final List<String> CAME_LATER = List.of(
            "kubernetes:policy/v1:PodDisruptionBudget::",
            "kubernetes:batch/v1:Job::postgresql-restarted",
            "kubernetes:batch/v1:Job::postgresql-writable");

    @TempDir
    private Path folder;

    private Path project;
    private RealEngine engine;

    @BeforeEach
    void deploy() throws IOException {
        engine = new RealEngine(folder);
        project = engine.project();
        Files.copy(Path.of("Pulumi.dev.yaml"), project.resolve("Pulumi.dev.yaml"));
        run("stack", "init", "dev");
        run("config", "set", "--plaintext", "streamset:secretName", "passwords");
        run("up", "--yes", "--skip-preview");
    }

    @Test
    void isTakenOverWithoutAnyChange() throws IOException {
        var now = run("stack", "export");
        var former = now.replaceAll("::postgresql-(data|wal)-(\\d)\"", "::$1-postgresql-sfs-$2\"")
                .replace("::postgresql-namespace\"", "::k8s-training\"");
        assertEquals(expected(), names(former));
        var file = Files.writeString(folder.resolve("former.json"), former);
        run("stack", "import", "--file", file.toString());
        assertEquals(expected(), names(run("stack", "export")));

        run("preview", "--expect-no-changes");
        run("up", "--yes", "--skip-preview", "--expect-no-changes");
        assertEquals(resources(now), resources(run("stack", "export")));
    }

    private String run(String... words) {
        return engine.mustRun(project, Map.of(), words);
    }

    private static String expected() throws IOException {
        try (var file = FormerStateIT.class.getResourceAsStream("former-urns.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String names(String state) {
        return new TreeSet<>(resources(state).keySet())
                .stream().map(urn -> urn + "\n").collect(Collectors.joining());
    }

    /** What Pulumi knows of each object in Kubernetes. */
    private static Map<String, JsonNode> resources(String state) {
        var found = new TreeMap<String, JsonNode>();
        JsonMapper.shared()
                .readTree(state)
                .at("/deployment/resources")
                .valueStream()
                .filter(resource ->
                        CAME_LATER.stream().noneMatch(resource.path("urn").asString()::contains))
                .forEach(resource -> found.put(resource.path("urn").asString(), resource.path("inputs")));
        return found;
    }
}
