package streamset.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CpuTest {
    @ParameterizedTest
    @CsvSource({
        "500m, 500, 500m",
        "0.5, 500, 500m",
        "1.5, 1500, 1500m",
        "2, 2000, 2",
        "2000m, 2000, 2",
        "0.001, 1, 1m",
        "1.0, 1000, 1",
        "100.0m, 100, 100m",
        "' 4 ', 4000, 4",
    })
    void readsQuantitiesAndWritesTheCanonicalOne(String text, long millicores, String canonical) {
        assertEquals(new Cpu(millicores), Cpu.parse(text));
        assertEquals(canonical, Cpu.parse(text).quantity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half", "0", "0m", "-1", "0.0001", "0.5m", "1,5", "2 cores", "2k", "m", "9999999999"})
    void refusesWhatIsNone(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Cpu.parse(text));
        assertEquals("must be a Kubernetes quantity of processor time, such as 500m or 2", refusal.getMessage());
    }

    @Test
    void isNeverNothing() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new Cpu(0));
        assertEquals("must be at least 1m", refusal.getMessage());
    }
}
