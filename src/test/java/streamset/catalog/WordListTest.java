package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CatalogRealServerTest compares the same with the servers, with random lists. */
@Tag("unit")
class WordListTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            18 | log_connections                  | receipt,Authorization, setup_durations
            18 | log_connections                  | all
            18 | log_connections                  | ON
            18 | log_connections                  | ``
            17 | log_connections                  | tru
            18 | log_destination                  | "jsonlog",stderr
            18 | createrole_self_grant            | set, inherit
            18 | debug_io_direct                  | wal_init
            18 | restrict_nonsystem_relation_kind | foreign-table
            18 | notify_buffers                   | 256kB
            18 | io_max_concurrency               | -1
            18 | vacuum_buffer_usage_limit        | 0
            """)
    void isTaken(int major, String name, String value) {
        assertTrue(Catalog.of(major).parameter(name).orElseThrow().takes(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            18 | log_connections                  | tru
            18 | log_connections                  | on,receipt
            18 | log_connections                  | receipt,off
            18 | log_connections                  | all,
            17 | log_connections                  | receipt
            14 | log_destination                  | jsonlog
            18 | log_destination                  | stdout
            18 | createrole_self_grant            | admin
            18 | debug_io_direct                  | all
            18 | restrict_nonsystem_relation_kind | table
            18 | notify_buffers                   | 200kB
            18 | io_max_concurrency               | 0
            18 | vacuum_buffer_usage_limit        | 64kB
            """)
    void isRefused(int major, String name, String value) {
        assertFalse(Catalog.of(major).parameter(name).orElseThrow().takes(value));
    }

    @Test
    void saysWhatItCanHave() {
        var parameter = Catalog.of(18).parameter("log_connections").orElseThrow();
        assertEquals(
                "must be a list of: receipt, authentication, authorization, setup_durations, all; or one of: on, off, true,"
                        + " false, yes, no, 1, 0",
                assertThrows(IllegalArgumentException.class, () -> parameter.canonical("y"))
                        .getMessage());
    }
}
