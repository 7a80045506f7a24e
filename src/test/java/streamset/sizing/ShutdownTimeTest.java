package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.units.ByteSize;

@Tag("unit")
class ShutdownTimeTest {
    @ParameterizedTest(name = "{0} MB of shared buffers: {1} s")
    @CsvSource({"1, 60", "64, 63", "128, 66", "512, 85", "4096, 264", "65536, 3336"})
    void sufficesToWriteAllOfThem(long megabytes, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), ShutdownTime.of(ByteSize.ofMegabytes(megabytes)));
    }
}
