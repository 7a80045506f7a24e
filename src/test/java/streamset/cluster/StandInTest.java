package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What replaces the engine takes over no namespace that somebody else has made, as the program does not either. */
@Tag("server")
class StandInTest {
    private static final String OWN = """
            {"kind": "Namespace", "metadata": {"name": "shop", "labels": {
             "app.kubernetes.io/part-of": "streamset", "app.kubernetes.io/instance": "postgresql"}}}
            """;

    @TempDir
    private Path folder;

    /** kubectl that has a namespace, and notes what it is asked. */
    private Command.Result apply(String namespace, int exitCode, String declared) throws IOException {
        Files.writeString(folder.resolve("namespace.json"), namespace);
        var kubectl = Files.writeString(folder.resolve("kubectl"), """
                #!/bin/sh
                echo "$*" >>'%1$s/asked'
                case "$*" in
                  *'get namespace'*) cat '%1$s/namespace.json'; exit %2$d ;;
                  *apply*) cat >/dev/null ;;
                esac
                """.formatted(folder, exitCode));
        assertTrue(kubectl.toFile().setExecutable(true));
        Files.writeString(folder.resolve("deployed.json"), "{\"items\": []}");
        Files.writeString(folder.resolve("stages.json"), "[{\"awaited\": [" + declared + "], \"others\": []}]");
        return new Command(
                        List.of(
                                "python3",
                                Command.PROJECT.resolve("testbed/apply.py").toString(),
                                "apply",
                                "kind",
                                "shop",
                                "30",
                                folder.resolve("deployed.json").toString(),
                                folder.resolve("stages.json").toString()),
                        Map.of("PATH", folder + ":" + System.getenv("PATH")),
                        Duration.ofSeconds(60))
                .run();
    }

    private boolean applies() throws IOException {
        return Files.readString(folder.resolve("asked")).contains(" apply ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"Namespace\", \"metadata\": {\"name\": \"shop\"}}",
                "{\"metadata\": {\"labels\": {\"app.kubernetes.io/part-of\": \"streamset\", \"app.kubernetes.io/instance\": \"other\"}}}"
            })
    void doesNotTakeOverANamespaceOfSomebodyElse(String namespace) throws IOException {
        var result = apply(namespace, 0, OWN);
        assertEquals("""
                the namespace shop exists already, and was not created by this stack, which would take it over and could later delete it, with everything in it
                fix: pulumi config set streamset:createNamespace false; or another one: pulumi config set streamset:namespace <name>""", result.output());
        assertEquals(1, result.exitCode());
        assertFalse(applies());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OWN})
    void makesItsOwnAndChangesIt(String namespace) throws IOException {
        var result = apply(namespace, 0, OWN);
        assertEquals(0, result.exitCode(), result::output);
        assertTrue(applies());
    }

    @Test
    void warnsWhereNobodyTellsWhoseItIs() throws IOException {
        var result = apply("", 1, OWN);
        assertEquals(
                "it is not known whether the namespace shop exists: if it does, this stack takes it over",
                result.output());
        assertTrue(applies());
    }

    @Test
    void leavesANamespaceAloneThatItDoesNotDeclare() throws IOException {
        var result = apply("{\"metadata\": {}}", 0, "{\"kind\": \"Service\", \"metadata\": {\"name\": \"x\"}}");
        assertEquals(0, result.exitCode(), result::output);
        assertTrue(applies());
    }
}
