package streamset.units;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LikelyAmountTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16GB         | 16Gi
            16gb         | 16Gi
            16 Gi        | 16Gi
            16 G         | 16G
            16GiB        | 16Gi
            16 gibibytes | 16Gi
            16 gigabytes | 16Gi
            16g          | 16Gi
            1.5GB        | 1536Mi
            1,5Gi        | 1.5Gi
            0.3Gi        | 308Mi
            1.0GB        | 1Gi
            512MB        | 512Mi
            500mb        | 500Mi
            512m         | 512Mi
            512MB.       | 512Mi
            64KB         | 64Ki
            2TB          | 2Ti
            0.5K         | 1Ki
            1000 bytes   | 1000
            """)
    void isASizeForKubernetes(String text, String quantity) {
        assertEquals(Optional.of(quantity), LikelyAmount.quantity(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            152Mi     | 152MB
            152mb     | 152MB
            152 MB    | 152MB
            152       | 152MB
            152M      | 152MB
            1.5GB     | 1536MB
            0.1GB     | 103MB
            64K       | 64kB
            2MiB/s    | 2MB
            2 MB / s  | 2MB
            100 bytes | 100B
            """)
    void isASizeForPostgres(String text, String size) {
        assertEquals(Optional.of(size), LikelyAmount.postgres(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2,5             | 2.5
            2 cores         | 2
            1 core          | 1
            2 CPUs          | 2
            2 vCPU          | 2
            .5              | 0.5
            0,5             | 0.5
            0.3333          | 334m
            500M            | 500m
            500 m           | 500m
            500 millicores  | 500m
            250.5m          | 251m
            """)
    void isProcessorTime(String text, String quantity) {
        assertEquals(Optional.of(quantity), LikelyAmount.cpu(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 minutes | 30m
            30 min.    | 30m
            30M        | 30m
            1.5h       | 90m
            1,5 hours  | 90m
            90 secs    | 90s
            0.5 d      | 12h
            1 day      | 1d
            2 weeks    | 14d
            1.5w       | 11d
            2.5s       | 3s
            """)
    void isATime(String text, String time) {
        assertEquals(Optional.of(time), LikelyAmount.time(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.2        | 20%
            ,35        | 35%
            20 percent | 20%
            20.4 %     | 20%
            20         | 20%
            """)
    void isAPercentage(String text, String percentage) {
        assertEquals(Optional.of(percentage), LikelyAmount.percentage(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "half", "-1Gi", "1,024Mi", "2,500", "16 XB", "1e3 Gi", "Gi", "1.2.3", "16Gi 2", "[secret]"})
    void isNotGuessedWhereSeveralAreLikelyOrNone(String text) {
        assertEquals(Optional.empty(), LikelyAmount.quantity(text));
        assertEquals(Optional.empty(), LikelyAmount.postgres(text));
        assertEquals(Optional.empty(), LikelyAmount.cpu(text));
        assertEquals(Optional.empty(), LikelyAmount.time(text));
        assertEquals(Optional.empty(), LikelyAmount.percentage(text));
    }
}
