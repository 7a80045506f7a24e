package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.RawConfig;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class StackFileTest {
    private static final String HIDDEN_PASSWORDS = "{\"postgres\":\"[secret]\",\"replicator\":\"[secret]\"}";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeProject() throws IOException {
        Files.writeString(folder.resolve("Pulumi.yaml"), """
                name: streamset
                config:
                  streamset:replicas: {type: integer, default: 3}
                  streamset:createNamespace: {type: boolean, default: true}
                  streamset:resources: {type: object, default: {cpu: 500m, memory: 512Mi}}
                  streamset:secretName: {type: string, default: ""}
                  streamset:required: {type: string}
                  kubernetes:context: {value: kind}
                """);
    }

    @Test
    void hasTheDefaultsOfTheProject() throws IOException {
        assertEquals(
                Map.of(
                        "streamset:replicas", "3",
                        "streamset:createNamespace", "true",
                        "streamset:resources", "{\"cpu\":\"500m\",\"memory\":\"512Mi\"}",
                        "streamset:secretName", "",
                        "kubernetes:context", "kind",
                        "streamset:passwords", HIDDEN_PASSWORDS),
                read("config: {}").values());
    }

    @Test
    void overrulesThemKeyByKeyAsAWhole() throws IOException {
        var values = read("""
                config:
                  streamset:replicas: 5
                  streamset:resources: {cpu: "4"}
                  streamset:wal:
                    keepSegments: 8
                  streamset:version: "15"
                  kubernetes:context: other
                """).values();
        assertEquals("5", values.get("streamset:replicas"));
        assertEquals("{\"cpu\":\"4\"}", values.get("streamset:resources"));
        assertEquals("{\"keepSegments\":8}", values.get("streamset:wal"));
        assertEquals("15", values.get("streamset:version"));
        assertEquals("other", values.get("kubernetes:context"));
        assertEquals("true", values.get("streamset:createNamespace"));
    }

    @Test
    void doesNotShowWhatIsEncrypted() throws IOException {
        var raw = read("""
                config:
                  streamset:passwords:
                    postgres:
                      secure: AAABciphertext
                    replicator:
                      secure: AAABciphertext
                  streamset:image:
                    secure: AAABciphertext
                  streamset:name: orders
                """);
        assertEquals(HIDDEN_PASSWORDS, raw.values().get("streamset:passwords"));
        assertEquals("[secret]", raw.values().get("streamset:image"));
        assertTrue(raw.secretKeys().contains("streamset:image"));
        assertTrue(raw.secretKeys().contains("streamset:passwords"));
        assertFalse(raw.secretKeys().contains("streamset:name"));
    }

    @Test
    void keepsWhatIsInClearTextForThoseWhoAskForIt() throws IOException {
        var raw = read("config: {streamset:passwords: {postgres: one, replicator: two}}");
        assertEquals(
                "{\"postgres\":\"one\",\"replicator\":\"two\"}", raw.values().get("streamset:passwords"));
        assertTrue(raw.secretKeys().contains("streamset:passwords"));
    }

    @Test
    void standsInForPasswordsThatAreNotInGit() throws IOException {
        assertEquals(
                HIDDEN_PASSWORDS,
                read("config: {streamset:passwords: {}}").values().get("streamset:passwords"));
    }

    @Test
    void needsNoPasswordsWhereASecretIsNamed() throws IOException {
        var values = read("config: {streamset:secretName: passwords}").values();
        assertEquals("passwords", values.get("streamset:secretName"));
        assertFalse(values.containsKey("streamset:passwords"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config:", "config: {}", "encryptionsalt: v1:abc"})
    void mayBeEmpty(String text) throws IOException {
        assertEquals("3", read(text).values().get("streamset:replicas"));
    }

    @Nested
    class IsRefused {
        @Test
        void whenItIsMissing() {
            var file = folder.resolve("Pulumi.qa.yaml");
            assertRefused("""
                    1 problem, nothing was changed

                    %s = (missing)
                    problem%s : there is no such stack
                    fix%s : pulumi stack init qa
                    """, file);
        }

        @Test
        void whenItIsNoYaml() throws IOException {
            var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), "config: {streamset:replicas: 3\n");
            assertRefused("""
                    1 problem, nothing was changed

                    %s = (not YAML)
                    problem%s : cannot be read from line 1 on
                    fix%s : mend the file
                    """, file);
        }

        private void assertRefused(String message, Path file) {
            var padding = file.toString().length();
            var problems = new Problems();
            StackFile.read(folder, file, problems);
            assertEquals(
                    message.formatted(
                            file, " ".repeat(padding - "problem".length()), " ".repeat(padding - "fix".length())),
                    assertThrows(BadInput.class, problems::throwIfAny).getMessage());
        }
    }

    private RawConfig read(String text) throws IOException {
        var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), text);
        var problems = new Problems();
        var raw = StackFile.read(folder, file, problems);
        problems.throwIfAny();
        return raw;
    }
}
