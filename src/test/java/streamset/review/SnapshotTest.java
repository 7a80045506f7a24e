package streamset.review;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.cluster.Command;
import streamset.objects.TextDigest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The objects that were reviewed, {@code stacks/<stack>/manifests.yaml}, are the objects that would be deployed. */
@Tag("unit")
class SnapshotTest {
    private static final Path PROJECT = Path.of("");

    @ParameterizedTest
    @MethodSource("committedStacks")
    void isWhatTheProgramRenders(String stack) throws IOException {
        assertCurrent(PROJECT.resolve("stacks").resolve(stack).resolve("manifests.yaml"), render(stack));
    }

    @ParameterizedTest
    @MethodSource("committedStacks")
    void isTheSameEveryTime(String stack) {
        assertEquals(render(stack), render(stack));
    }

    /** What somebody has for himself, as after {@code pulumi stack init mine}, is nobody else's business. */
    static List<String> committedStacks() {
        var listed = new Command(List.of("git", "ls-files", "Pulumi.*.yaml"), Map.of(), Duration.ofMinutes(1)).run();
        assertEquals(0, listed.exitCode(), listed::output);
        return listed.output()
                .lines()
                .map(file -> file.replaceFirst("^Pulumi\\.(.*)\\.yaml$", "$1"))
                .toList();
    }

    @Test
    void isThereForEveryStackThatIsCommitted() {
        var stacks = committedStacks();
        assertTrue(stacks.containsAll(List.of("dev", "prod", "staging")), stacks::toString);
        for (var stack : stacks) {
            assertTrue(
                    Files.exists(PROJECT.resolve("stacks").resolve(stack).resolve("manifests.yaml")),
                    () -> "the stack " + stack
                            + " has no reviewed objects; write them, and commit them too: make snapshots");
        }
    }

    @Test
    void isNoticedWithItsDifferenceWhenItIsStale(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("manifests.yaml"), """
                kind: StatefulSet
                spec:
                  paused: true
                  replicas: 3
                """);
        var stale = assertThrows(AssertionError.class, () -> assertCurrent(file, """
                ---
                kind: StatefulSet
                spec:
                  replicas: 5
                """));
        assertEquals("""
                %s is not what the program renders now (- reviewed, + rendered).
                If the difference is intended, write it again: make snapshots
                +    1  ---
                -    3    paused: true
                -    4    replicas: 3
                +    4    replicas: 5
                """.formatted(file), stale.getMessage());
    }

    @Test
    void isNoticedWhenADeployedValueOfARealStackDiffers(@TempDir Path folder) throws IOException {
        var rendered = render("dev");
        var file = Files.writeString(folder.resolve("manifests.yaml"), rendered.replace("replicas: 3", "replicas: 5"));
        var stale = assertThrows(AssertionError.class, () -> assertCurrent(file, rendered));
        assertTrue(stale.getMessage().contains("    replicas: 5\n"), stale::getMessage);
        assertEquals(4, stale.getMessage().lines().count(), stale::getMessage);
        Files.writeString(file, rendered);
        assertDoesNotThrow(() -> assertCurrent(file, rendered));
    }

    @Test
    void hasADigestInPlaceOfEachScriptAndIsOtherwiseWhatIsDeployed() throws IOException {
        var stackFile = PROJECT.resolve("Pulumi.dev.yaml");
        var replaced = new TreeSet<String>();
        var deployed = objects(Render.yaml(PROJECT, "dev", stackFile, false));
        deployed.stream()
                .filter(object -> object.path("immutable").asBoolean(false))
                .flatMap(object -> object.path("data").propertyStream())
                .forEach(entry -> {
                    replaced.add(entry.getValue().asString());
                    entry.setValue(
                            StringNode.valueOf(TextDigest.of(entry.getValue().asString())));
                });
        assertTrue(replaced.containsAll(scripts())); // the objects have them all
        assertEquals(deployed, objects(Render.snapshot(PROJECT, "dev", stackFile)));
    }

    private static Set<String> scripts() throws IOException {
        var texts = new TreeSet<String>();
        try (var files = Files.walk(PROJECT.resolve("src/main/bash"))) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/patroni/")) // of the other engine
                    .filter(path -> !path.toString().contains("/backup/")) // dev makes none
                    .filter(path -> !path.getFileName().toString().equals("databases.sh")) // dev declares none
                    .toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static List<JsonNode> objects(String yaml) {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll();
        }
    }

    private static String render(String stack) {
        return Render.snapshot(PROJECT, stack, PROJECT.resolve("Pulumi." + stack + ".yaml"));
    }

    private static void assertCurrent(Path file, String rendered) throws IOException {
        var reviewed = Files.exists(file) ? Files.readString(file) : "";
        if (!reviewed.equals(rendered)) {
            throw new AssertionError(file + " is not what the program renders now (- reviewed, + rendered).\n"
                    + "If the difference is intended, write it again: make snapshots\n"
                    + LineDiff.of(reviewed, rendered));
        }
    }
}
