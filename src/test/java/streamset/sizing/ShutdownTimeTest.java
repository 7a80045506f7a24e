package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.config.ByteSize;

class ShutdownTimeTest {
    @ParameterizedTest(name = "{0} MB of memory: {1} s")
    @CsvSource({"1, 60", "256, 63", "512, 66", "2048, 85", "16384, 264", "262144, 3336"})
    void sufficesToWriteAQuarterOfTheMemory(long megabytes, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), ShutdownTime.of(ByteSize.ofMegabytes(megabytes)));
    }
}
