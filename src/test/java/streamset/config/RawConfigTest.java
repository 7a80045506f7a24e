package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;

@Tag("unit")
class RawConfigTest {
    @Test
    void readsTheTwoVariablesOfTheEngine() {
        var raw = RawConfig.fromEnvironment(Map.of(
                "PULUMI_CONFIG", """
                        {"streamset:replicas": "3", "streamset:passwords": "{\\"postgres\\":\\"x\\"}"}""",
                "PULUMI_CONFIG_SECRET_KEYS", """
                        ["streamset:passwords"]"""));
        assertEquals(
                new RawConfig(
                        Map.of("streamset:replicas", "3", "streamset:passwords", "{\"postgres\":\"x\"}"),
                        Set.of("streamset:passwords")),
                raw);
    }

    @Test
    void isEmptyWhereTheEngineSetsNothing() {
        assertEquals(new RawConfig(Map.of(), Set.of()), RawConfig.fromEnvironment(Map.of()));
    }

    @Test
    void canNotBeChangedAfterwards() {
        var values = new TreeMap<>(Map.of("streamset:replicas", "3"));
        var raw = new RawConfig(values, Set.of());
        values.put("streamset:replicas", "5");
        assertEquals("3", raw.values().get("streamset:replicas"));
        assertThrows(UnsupportedOperationException.class, () -> raw.values().clear());
    }

    @Test
    void hasSectionsForSeveralClusters() {
        var stack = new RawConfig(
                Map.of(
                        "orders:replicas",
                        "3",
                        "orders:passwords",
                        "{}",
                        "billing:replicas",
                        "1",
                        "kubernetes:context",
                        "k"),
                Set.of("orders:passwords"));
        assertEquals(
                new RawConfig(
                        Map.of("streamset:replicas", "3", "streamset:passwords", "{}"),
                        Set.of("streamset:passwords"),
                        Set.of(),
                        new ConfigOrigin.StackKeys("orders")),
                stack.section("orders"));
        assertEquals(Map.of(), stack.section("order").values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 3\nstorage: {size: 2Gi}\nkeepVolumes: true\nprimary: null\n",
                "{\"replicas\": 3, \"storage\": {\"size\": \"2Gi\"}, \"keepVolumes\": true}"
            })
    void comesFromATextToo(String text) {
        var expected = Map.of(
                "streamset:replicas", "3", "streamset:storage", "{\"size\":\"2Gi\"}", "streamset:keepVolumes", "true");
        assertEquals(
                new RawConfig(expected, Set.of(), Set.of(), new ConfigOrigin.Text("billing.yaml")),
                RawConfig.parse("billing.yaml", text));
        assertEquals(
                RawConfig.parse("billing.yaml", text),
                RawConfig.of(
                        "billing.yaml", Map.of("replicas", 3, "storage", Map.of("size", "2Gi"), "keepVolumes", true)));
    }

    @Test
    void isEmptyForAnEmptyText() {
        assertEquals(Map.of(), RawConfig.parse("billing.yaml", "").values());
        assertEquals(Map.of(), RawConfig.parse("billing.yaml", "# nothing\n").values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 3\\nreplicas: 5|billing.yaml:2|a key occurs twice",
                "replicas: [3\\nname: 5|billing.yaml:2|this is not YAML",
                "3|billing.yaml|it must have keys, such as replicas: 3",
                "[3]|billing.yaml|it must have keys, such as replicas: 3",
                "a: 1\\n---\\nb: 1|billing.yaml:3|this is not YAML"
            })
    void isRefusedWhenTheTextIsNone(String text, String subject, String reason) {
        var refusal = assertThrows(BadInput.class, () -> RawConfig.parse("billing.yaml", text.replace("\\n", "\n")));
        assertEquals(List.of(new Problem(subject, "(unreadable)", reason, "correct " + subject)), refusal.problems());
    }

    @Test
    void getsPasswordsThatAreShownNowhere() {
        var raw = RawConfig.parse("billing.yaml", "replicas: 1\n").withPasswords("hunter2", "hunter3");
        assertFalse(raw.toString().contains("hunter"), raw.toString());
        var problems = new Problems();
        var keys = Section.of("streamset", raw, problems);
        assertEquals(new Credentials.Passwords("hunter2", "hunter3"), Credentials.read(keys));
        assertEquals(List.of(), problems.found());
    }

    @Test
    void getsWhatCertificatesAreMadeFromWithoutShowingIt() {
        var seed = "planted-0123456789-0123456789-0123";
        var raw = RawConfig.parse("billing.yaml", "replicas: 1\n").withCertificateSeed(seed);
        assertFalse(raw.toString().contains("planted"), raw.toString());
        var problems = new Problems();
        var read = CertificateSeed.read(Section.of("streamset", raw, problems));
        assertEquals(Optional.of(new CertificateSeed(seed)), read);
        assertEquals(List.of(), problems.found());
    }
}
