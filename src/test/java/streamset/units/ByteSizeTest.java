package streamset.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ByteSizeTest {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1k, 1000",
        "1M, 1000000",
        "2G, 2000000000",
        "1T, 1000000000000",
        "1P, 1000000000000000",
        "1Ki, 1024",
        "512Mi, 536870912",
        "1.5Gi, 1610612736",
        "0.5Ki, 512",
        "10Gi, 10737418240",
        "1Ti, 1099511627776",
        "1Pi, 1125899906842624",
        "' 1Gi ', 1073741824",
    })
    void readsKubernetesQuantities(String text, long bytes) {
        assertEquals(new ByteSize(bytes), ByteSize.parseQuantity(text));
    }

    @ParameterizedTest
    @CsvSource({
        "16B, 16",
        "8kB, 8192",
        "152MB, 159383552",
        "152 MB, 159383552",
        "1GB, 1073741824",
        "1TB, 1099511627776",
    })
    void readsPostgresSizes(String text, long bytes) {
        assertEquals(new ByteSize(bytes), ByteSize.parsePostgres(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0Gi, 0MB",
        "1, 1Mi, 0kB",
        "65536, 1Mi, 64kB",
        "1048576, 1Mi, 1MB",
        "1048577, 2Mi, 1024kB",
        "1000000000, 954Mi, 976562kB"
    })
    void roundsUpForKubernetesAndDownForPostgres(long bytes, String quantity, String postgres) {
        assertEquals(quantity, new ByteSize(bytes).quantity());
        assertEquals(postgres, new ByteSize(bytes).postgres());
    }

    @ParameterizedTest
    @CsvSource({
        "100, 40, 60, 250, 50, 84, 100, 40",
        "40, 100, 0, 100, 20, 0, 100, 40",
        "0, 7, 0, 0, 0, 0, 7, 0",
    })
    void calculates(long a, long b, long minus, long scaled, long half, long wholes, long max, long min) {
        var left = new ByteSize(a);
        var right = new ByteSize(b);
        assertEquals(new ByteSize(minus), left.minus(right));
        assertEquals(new ByteSize(scaled), left.scaled(5, 2));
        assertEquals(new ByteSize(half), left.scaled(1, 2));
        assertEquals(new ByteSize(3 * a), left.times(3));
        assertEquals(new ByteSize(wholes), left.wholes(new ByteSize(42)));
        assertEquals(new ByteSize(max), left.max(right));
        assertEquals(new ByteSize(min), left.min(right));
    }

    @Test
    void scalesWithoutOverflow() {
        assertEquals(new ByteSize(Long.MAX_VALUE / 100 * 20 + 1), new ByteSize(Long.MAX_VALUE).scaled(20, 100));
    }

    @Test
    void writesWholeGibibytesAsSuch() {
        assertEquals("1Gi", ByteSize.ofMegabytes(1024).quantity());
        assertEquals("1025Mi", ByteSize.ofMegabytes(1025).quantity());
        assertEquals("1024Gi", ByteSize.ofMegabytes(1024 * 1024).quantity());
    }

    @ParameterizedTest
    @CsvSource({"152, 152 MB", "1024, 1024 MB", "10239, 10239 MB", "10240, 10.0 GB", "209715, 204.8 GB"})
    void speaksOfMegabytesAndFromTenOnOfGigabytes(long megabytes, String sentence) {
        assertEquals(sentence, ByteSize.ofMegabytes(megabytes).toString());
    }

    @Test
    void comparesAndAdds() {
        assertTrue(new ByteSize(KIB).compareTo(new ByteSize(MIB)) < 0);
        assertEquals(new ByteSize(MIB + KIB), new ByteSize(KIB).plus(new ByteSize(MIB)));
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "half",
                    "512MB",
                    "-1Gi",
                    "+1Gi",
                    "0",
                    "0Gi",
                    "1.5",
                    "0.0001Ki",
                    "1,5Gi",
                    "1e3",
                    "1 Gi",
                    "Gi",
                    "1Ei",
                    "1gi",
                    "1K",
                    "9999999Pi",
                    "0x10",
                    "१Gi",
                })
        void whatIsNoKubernetesQuantity(String text) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> ByteSize.parseQuantity(text));
            assertEquals("must be a Kubernetes quantity of bytes, such as 512Mi or 10Gi", refusal.getMessage());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "152", "152Mi", "152M", "152mb", "1.5GB", "-1", "-1MB", "0MB", "MB", "9999999999TB"})
        void whatIsNoPostgresSize(String text) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> ByteSize.parsePostgres(text));
            assertEquals("must be a size as PostgreSQL writes it, such as 152MB or 1GB", refusal.getMessage());
        }

        @Test
        void lessThanNothing() {
            var refusal = assertThrows(IllegalArgumentException.class, () -> new ByteSize(-1));
            assertEquals("must not be negative", refusal.getMessage());
        }

        @Test
        void whatNoLongCanCount() {
            assertThrows(ArithmeticException.class, () -> ByteSize.ofMegabytes(Long.MAX_VALUE));
            assertThrows(ArithmeticException.class, () -> new ByteSize(Long.MAX_VALUE).plus(new ByteSize(1)));
        }
    }
}
