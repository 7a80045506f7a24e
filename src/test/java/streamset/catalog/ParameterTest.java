package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ParameterTest {
    private static final Catalog CATALOG = Catalog.of(18);

    private static Parameter parameter(String name) {
        return CATALOG.parameter(name).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "work_mem, 64MB, 65536",
        "work_mem, ' 64 MB ', 65536",
        "work_mem, 4096, 4096",
        "work_mem, 1.5GB, 1572864",
        "work_mem, 1.0001GB, 1048576", // whole megabytes, because the unit is gigabytes
        "work_mem, 0x100, 256",
        "work_mem, 0100, 64",
        "work_mem, 00000000000000000000000000000100, 64",
        "work_mem, 1e3, 1000",
        "shared_buffers, 128MB, 16384",
        "wal_keep_size, 152MB, 152",
        "wal_keep_size, 1GB, 1024",
        "wal_keep_size, 1536kB, 2",
        "wal_keep_size, 2560kB, 2", // half to even
        "max_wal_size, 2.4, 2",
        "max_slot_wal_keep_size, -1, -1",
        "track_activity_query_size, 4kB, 4096",
        "checkpoint_timeout, 0.5h, 1800",
        "log_rotation_age, 1d, 1440",
        "log_rotation_age, 90s, 2",
        "log_min_duration_statement, 250, 250",
        "log_min_duration_statement, -1, -1",
        "max_connections, 100.4, 100",
    })
    void countsAmountsInItsUnit(String name, String text, String canonical) {
        assertEquals(canonical, parameter(name).canonical(text));
    }

    @ParameterizedTest
    @CsvSource({
        "random_page_cost, 1.10, 1.1",
        "random_page_cost, 4, 4",
        "random_page_cost, 0.00001, 1e-05",
        "random_page_cost, 0.0001, 0.0001",
        "random_page_cost, 1234567, 1.23457e+06",
        "random_page_cost, 999999.5, 1e+06",
        "random_page_cost, -0, -0",
        "cpu_tuple_cost, 1e100, 1e+100",
        "vacuum_cost_delay, 1.5, 1.5",
        "vacuum_cost_delay, 500us, 0.5",
        "vacuum_cost_delay, 0x1.8, 1.5",
    })
    void showsSixDigitsOfFractions(String name, String text, String canonical) {
        assertEquals(canonical, parameter(name).canonical(text));
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on, on",
        "fsync, TRUE, on",
        "fsync, y, on",
        "fsync, 1, on",
        "fsync, of, off",
        "fsync, F, off",
        "wal_level, Logical, logical",
        "wal_level, hot_standby, replica",
        "synchronous_commit, yes, on",
        "wal_compression, on, pglz",
        "wal_compression, zstd, zstd",
        "io_method, io_uring, io_uring",
        "client_min_messages, info, info",
        "ssl_max_protocol_version, '', ''",
        "log_line_prefix, '%m [%p] ', '%m [%p] '",
    })
    void hasOneWordForEachMeaning(String name, String text, String canonical) {
        assertEquals(canonical, parameter(name).canonical(text));
    }

    @ParameterizedTest
    @CsvSource({
        "wal_buffers, -1, -1",
        "wal_buffers, 8kB, 4",
        "autovacuum_work_mem, -1, -1",
        "autovacuum_work_mem, 1kB, 64",
        "vacuum_buffer_usage_limit, 0, 0",
        "transaction_buffers, 128kB, 16",
        "log_file_mode, 0640, 0640",
        "unix_socket_permissions, 511, 0777",
        "DateStyle, 'sql, dmy', 'SQL, DMY'",
        "log_connections, 'receipt, all', 'receipt, all'",
    })
    void isChangedAsPostgresChangesIt(String name, String text, String canonical) {
        assertEquals(canonical, parameter(name).canonical(text));
    }

    @Test
    void isRaisedByTheMinimumOfItsVersion() {
        var before17 = Catalog.of(16).parameter("autovacuum_work_mem").orElseThrow();
        assertEquals("1024", before17.canonical("1kB"));
    }

    @ParameterizedTest
    @CsvSource({
        "work_mem, 65536, 64MB",
        "work_mem, 1536kB, 1536kB",
        "work_mem, 2097152, 2GB",
        "shared_buffers, 16384, 128MB",
        "wal_keep_size, 0, 0",
        "max_slot_wal_keep_size, -1, -1",
        "checkpoint_timeout, 300, 5min",
        "checkpoint_timeout, 86400s, 1d",
        "checkpoint_timeout, 90, 90s",
        "vacuum_cost_delay, 0.5, 500us",
        "vacuum_cost_delay, 0, 0",
        "max_connections, 100, 100",
        "fsync, yes, on",
    })
    void isShownInTheGreatestUnit(String name, String text, String shown) {
        assertEquals(shown, parameter(name).shown(text));
    }

    @ParameterizedTest
    @CsvSource({
        "work_mem, 64MB, 67108864",
        "work_mem, 64, 65536",
        "shared_buffers, 16, 131072",
        "track_activity_query_size, 100, 100",
        "wal_keep_size, 0, 0",
        "max_wal_size, 2TB, 2199023255552",
        "max_slot_wal_keep_size, -1, -1", // no limit
        "autovacuum_work_mem, -1, -1", // as maintenance_work_mem
    })
    void isReadInBytes(String name, String text, long bytes) {
        assertEquals(bytes, parameter(name).bytes(text));
    }

    @ParameterizedTest
    @CsvSource({
        "checkpoint_timeout, 300, PT5M",
        "wal_receiver_status_interval, 0, PT0S",
        "deadlock_timeout, 1, PT0.001S",
        "vacuum_cost_delay, 0.5, PT0.0005S",
        "log_rotation_age, 1d, PT24H",
    })
    void isReadAsATime(String name, String text, Duration duration) {
        assertEquals(duration, parameter(name).duration(text));
    }

    @Test
    void keepsNegativeTimesApart() {
        assertTrue(parameter("log_min_duration_statement").duration("-1").isNegative());
        assertFalse(parameter("log_min_duration_statement").duration("0").isNegative());
    }

    @Test
    void isNoSizeWhenItHasNoUnitOfMemory() {
        var refusal = assertThrows(
                IllegalStateException.class,
                () -> parameter("checkpoint_timeout").bytes("5min"));
        assertEquals("checkpoint_timeout is not a size", refusal.getMessage());
        refusal = assertThrows(
                IllegalStateException.class, () -> parameter("max_connections").duration("5"));
        assertEquals("max_connections is not a time", refusal.getMessage());
    }

    /** The server refuses these, and reports that itself. */
    @ParameterizedTest
    @CsvSource({
        "bonjour, on, on",
        "synchronous_standby_names, 'db-1', 'db-1'",
    })
    void isLeftToTheServerBeyondTypeAndRange(String name, String text, String canonical) {
        assertEquals(canonical, parameter(name).canonical(text));
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                work_mem | 64 MBytes | must be a size such as 64MB; "64 MBytes" has no unit that PostgreSQL knows: B, kB, MB, GB, TB; did you mean 64MB?
                work_mem | 64mb | must be a size such as 64MB; "64mb" has no unit that PostgreSQL knows: B, kB, MB, GB, TB; did you mean 64MB?
                work_mem | 1.5Gi | must be a size such as 64MB; "1.5Gi" has no unit that PostgreSQL knows: B, kB, MB, GB, TB; did you mean 1.5GB?
                wal_keep_size | 64x | must be a size such as 64MB; "64x" has no unit that PostgreSQL knows: B, kB, MB, GB, TB
                checkpoint_timeout | 5m | must be a time such as 30s; "5m" has no unit that PostgreSQL knows: us, ms, s, min, h, d; did you mean 5min?
                checkpoint_timeout | 300sec | must be a time such as 30s; "300sec" has no unit that PostgreSQL knows: us, ms, s, min, h, d; did you mean 300s?
                deadlock_timeout | 9 msec | must be a time such as 500ms; "9 msec" has no unit that PostgreSQL knows: us, ms, s, min, h, d; did you mean 9ms?
                deadlock_timeout | 7 millis | must be a time such as 500ms; "7 millis" has no unit that PostgreSQL knows: us, ms, s, min, h, d; did you mean 7ms?
                checkpoint_timeout | 5MB | must be a time such as 30s; "5MB" has no unit that PostgreSQL knows: us, ms, s, min, h, d; did you mean 5min?
                work_mem | lots | must be a size such as 64MB
                work_mem | '' | must be a size such as 64MB
                log_rotation_age | daily | must be a time such as 10min
                max_connections | 100MB | must be a number without anything after it
                max_connections | many | must be a whole number
                random_page_cost | cheap | must be a number
                random_page_cost | NaN | must be a number
                """)
        void whatIsNoAmount(String name, String text, String reason) {
            assertRefused(name, text, reason);
        }

        @Test
        void aBlankThatIsNoneToPostgres() {
            assertRefused(
                    "work_mem",
                    "64\u00A0MB",
                    "must be a size such as 64MB; this contains U+00A0 (NO-BREAK SPACE), which PostgreSQL does not treat as a blank");
        }

        @Test
        void aTextOfMegabytesInOneSentence() {
            int many = 10_000_000; // as many as a large file has
            assertRefused(
                    "work_mem",
                    "64" + " ".repeat(many) + "M",
                    "must be a size such as 64MB; \"64                                     …\""
                            + " has no unit that PostgreSQL knows: B, kB, MB, GB, TB");
            assertRefused("max_connections", "9".repeat(many), "is out of range: 1 … 262143");
            assertRefused("wal_level", "x".repeat(many), "must be one of: minimal, replica, logical");
            assertRefused("fsync", "x".repeat(many), "must be on or off");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                work_mem | 1 | is out of range: 64kB … 2147483647kB (about 2TB)
                work_mem | 1kB | is out of range: 64kB … 2147483647kB (about 2TB)
                work_mem | 2TB | is out of range: 64kB … 2147483647kB (about 2TB)
                work_mem | 1e999 | is out of range: 64kB … 2147483647kB (about 2TB)
                shared_buffers | 64kB | is out of range: 128kB … 8589934584kB (about 8TB)
                max_slot_wal_keep_size | -2 | is out of range: -1 … 2147483647MB (about 2048TB)
                checkpoint_timeout | 1s | is out of range: 30s … 1d
                log_min_duration_statement | 30d | is out of range: -1 … 2147483647ms (about 25d)
                max_connections | 0 | is out of range: 1 … 262143
                max_connections | 99999999999999999999 | is out of range: 1 … 262143
                checkpoint_completion_target | 1.1 | is out of range: 0 … 1
                vacuum_cost_delay | 1s | is out of range: 0 … 100ms
                random_page_cost | -1 | must be at least 0
                """)
        void whatIsOutOfRange(String name, String text, String reason) {
            assertRefused(name, text, reason);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                fsync | o | must be on or off
                fsync | enabled | must be on or off
                fsync | '' | must be on or off
                wal_level | replicate | must be one of: minimal, replica, logical; did you mean replica?
                wal_level | hot-standby | must be one of: minimal, replica, logical
                wal_compression | lz5 | must be one of: pglz, lz4, zstd, on, off; did you mean lz4?
                ssl_max_protocol_version | TLSv1.4 | must be one of: '', TLSv1, TLSv1.1, TLSv1.2, TLSv1.3; did you mean TLSv1.1?
                """)
        void whatIsNoneOfItsWords(String name, String text, String reason) {
            assertRefused(name, text, reason);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                block_size | 8192 | cannot be set: it shows how the server was built, initialized or started
                data_checksums | on | cannot be set: it shows how the server was built, initialized or started
                transaction_isolation | serializable | belongs to a single transaction: set default_transaction_isolation instead
                config_file | a.conf | can only be set on the server's command line
                """)
        void whatNoConfFileCanSet(String name, String text, String reason) {
            assertRefused(name, text, reason);
        }

        private static void assertRefused(String name, String text, String reason) {
            var refusal = assertThrows(
                    IllegalArgumentException.class, () -> parameter(name).canonical(text));
            assertEquals(reason, refusal.getMessage());
        }
    }
}
