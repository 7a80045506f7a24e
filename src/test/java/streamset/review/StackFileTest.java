package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.RawConfig;
import streamset.problems.Problem;
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
                  streamset:lost: {type: array, items: {type: integer}, default: []}
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
                        "streamset:lost", "[]",
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
    void tellsClearTextWhereASecretIsAskedFor() throws IOException {
        var text = "config: {streamset:passwords: {postgres: one, replicator: two}}";
        var values = "{\"postgres\":\"one\",\"replicator\":\"two\"}";
        var raw = read(text);
        assertEquals(values, raw.values().get("streamset:passwords"));
        assertFalse(raw.secretKeys().contains("streamset:passwords"));

        var forTheStandIn = StackFile.readForTheStandIn(folder, folder.resolve("Pulumi.qa.yaml"), new Problems());
        assertEquals(values, forTheStandIn.values().get("streamset:passwords"));
        assertTrue(forTheStandIn.secretKeys().contains("streamset:passwords"));
    }

    @Test
    void tellsClearTextBesideASecret() throws IOException {
        var raw = read("""
                config:
                  passwords: {postgres: {secure: v1:x}, replicator: two}
                  shop:list: [{secure: v1:x}, 2]
                  kubernetes:kubeconfig: {users: [{name: a, user: {token: {secure: v1:x}}}]}
                  streamset:wal: {keepSize: 1GB}
                """);
        assertEquals(
                Set.of("streamset:passwords.replicator", "shop:list[1]", "kubernetes:kubeconfig.users[0].name"),
                raw.clearParts());

        var forTheStandIn = StackFile.readForTheStandIn(folder, folder.resolve("Pulumi.qa.yaml"), new Problems());
        assertEquals(Set.of("shop:list[1]", "kubernetes:kubeconfig.users[0].name"), forTheStandIn.clearParts());
    }

    @Test
    void takesNamesWithoutANamespaceForThoseOfTheProject() throws IOException {
        var values = read("config: {replicas: 5, streamset:config:version: 15}").values();
        assertEquals("5", values.get("streamset:replicas"));
        assertEquals("15", values.get("streamset:version"));
    }

    @Test
    void resolvesAnchorsAndMergeKeys() throws IOException {
        var values = read("""
                small: &small {cpu: 1, memory: 1Gi}
                config:
                  streamset:resources: {<<: *small, memory: 2Gi}
                  streamset:wal: {volume: *small}
                """).values();
        assertEquals("{\"memory\":\"2Gi\",\"cpu\":1}", values.get("streamset:resources"));
        assertEquals("{\"volume\":{\"cpu\":1,\"memory\":\"1Gi\"}}", values.get("streamset:wal"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            0x10,                  16
            0o17,                  15
            017,                   15
            08,                    8
            1_000,                 1000
            1e3,                   1000
            1e6,                   1000000
            1e21,                  1e+21
            1e-7,                  1e-7
            .5,                    0.5
            1.0,                   1
            -0.0,                  0
            18446744073709551615,  18446744073709551615
            18446744073709551616,  18446744073709552000
            1e999,                 1e999
            True,                  true
            yes,                   yes
            off,                   off
            "5",                   5
            !!str 0x10,            0x10
            !!float 5,             5
            2001-01-01,            2001-01-01 00:00:00 +0000 UTC
            2001-1-2T3:4:5.10+02:00,  2001-01-02 03:04:05.1 +0200 +0200
            2001-02-30,            2001-02-30
            12:30,                 12:30
            """)
    void readsSingleValuesAsTheEngineDoes(String written, String value) throws IOException {
        assertEquals(value, read("config: {x: " + written + "}").values().get("streamset:x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: ", "x: ~", "x: null", "x: \"\""})
    void takesNothingForAnEmptyText(String key) throws IOException {
        assertEquals("", read("config: {" + key + "}").values().get("streamset:x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment:", "environment: []"})
    void needsNoEnvironment(String text) throws IOException {
        assertEquals("3", read(text).values().get("streamset:replicas"));
    }

    @Test
    void standsInForPasswordsThatAreNotInGit() throws IOException {
        assertEquals(
                HIDDEN_PASSWORDS,
                read("config: {streamset:passwords: {}}").values().get("streamset:passwords"));
    }

    @Test
    void standsInForASeedOfCertificatesThatIsNotInGit() throws IOException {
        var generating = read("config: {streamset:tls: {generate: true}}");
        assertEquals("[secret]", generating.values().get("streamset:certificateSeed"));
        assertTrue(generating.secretKeys().contains("streamset:certificateSeed"));
        var named = read("config: {streamset:tls: {secretName: postgresql-tls}}");
        assertFalse(named.secretKeys().contains("streamset:certificateSeed"));
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
            assertEquals(
                    List.of(new Problem(
                            file.toString(),
                            "(missing)",
                            "there is no such stack",
                            "create it, or: pulumi stack init qa")),
                    refusals(file));
        }

        @Test
        void whenItCannotBeRead() throws IOException {
            var file = Files.createDirectory(folder.resolve("Pulumi.qa.yaml"));
            assertEquals("(unreadable)", refusals(file).get(0).value());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                config: {x: 1                          | 1 | expected ',' or '}', but got <stream end>
                config:;  x: 1;  x: 2                  | 3 | occurs twice, first in line 2
                config:;  x: 1;  streamset:x: 2        | 3 | is streamset:x, which line 2 sets too: which of the two applies is left to chance
                config:;  a:b:c: 1                     | 2 | has too many colons: a key is <namespace>:<name>
                config:;  5: 1                         | 2 | is not a text, so it is not a key
                config:;  x: {~: 1}                    | 2 | is not a text, so it is not a name of a field
                config:;  x: {[1]: 1}                  | 2 | is not a name of a field
                config:;  x: *y                        | 2 | found undefined alias y
                config:;  x: &y [*y]                   | 2 | contains itself
                config:;  x: {<<: 1}                   | 2 | must merge an object or a list of objects
                config:;  x: !!int five                | 2 | the value does not fit its tag
                config:;  x: .inf                      | 2 | infinity and NaN cannot be passed to the program
                config: 5                              | 1 | must be an object with keys such as streamset:replicas
                - config                               | 1 | must be an object with the field config
                ;environment: [a]                      | 2 | brings values that are in no file: without them, the stack's configuration is not known
                encryptionsalt: []                     | 1 | must be a single value
                config:;  replicas:                    | 2 | must be a whole number
                config:;  replicas: {secure: abc}      | 2 | must be a whole number; this is encrypted, so its value is not known
                config:;  createNamespace: yes         | 2 | must be true or false
                config:;  resources: '{"cpu": 1}'      | 2 | must be an object with named fields, not a text that contains JSON
                config:;  resources: {secure: abc}     | 2 | must be an object with named fields, not a text that is encrypted as a whole
                config:;  lost: 0                      | 2 | must be a list
                """)
        void withTheLine(String text, int line, String reason) throws IOException {
            var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), text.replace(";", "\n"));
            var refusals = refusals(file);
            assertEquals(1, refusals.size(), refusals::toString);
            assertEquals(reason, refusals.get(0).reason());
            assertEquals(file + ":" + line, refusals.get(0).subject());
        }

        @Test
        void withAllThatIsWrongAtOnce() throws IOException {
            var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), """
                    environment: [a]
                    config:
                      x: 1
                      x: 2
                      y: {z: !!int no}
                      a:b:c: 1
                      replicas:
                    """);
            assertEquals(
                    List.of(1, 4, 5, 6, 7),
                    refusals(file).stream()
                            .map(problem -> Integer.valueOf(problem.subject().replaceFirst(".*:", "")))
                            .sorted()
                            .toList());
        }

        @Test
        void whenItIsNoTextInUtf8() throws IOException {
            var file = Files.write(folder.resolve("Pulumi.qa.yaml"), new byte[] {'x', ':', ' ', (byte) 0xC3, '\n'});
            assertEquals("is not in UTF-8", refusals(file).get(0).reason());
        }

        @ParameterizedTest
        @ValueSource(strings = {"[", "{a: ", "[{a: "})
        void whenItIsDeeperThanAnyKey(String bracket) throws IOException {
            var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), "config:\n  x: " + bracket.repeat(3000));
            assertEquals(
                    List.of(new Problem(
                            file + ":2",
                            "(101 deep)",
                            "has more than 100 nested lists and objects, which no key needs",
                            "correct the file")),
                    refusals(file));
        }

        @Test
        void whenAliasesMakeItHuge() throws IOException {
            var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 12; i++) {
                text.append("a%d: &a%d [%s]\n"
                        .formatted(i, i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
            }
            var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), text.append("config: {x: *a11}\n"));
            var refusals = refusals(file);
            assertEquals(
                    "write the values out", refusals.get(refusals.size() - 1).fix());
        }

        private List<Problem> refusals(Path file) {
            var problems = new Problems();
            StackFile.read(folder, file, problems);
            return problems.found();
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
