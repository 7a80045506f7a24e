package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
