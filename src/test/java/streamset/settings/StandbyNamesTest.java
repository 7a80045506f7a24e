package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.Names;

@Tag("unit")
class StandbyNamesTest {
    private static final Names CLUSTER = new Names("db", "shop", "cluster.local");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a                                | 1 | a
            a, b                             | 1 | a b
            *                                | 1 | *
            FIRST 1 (pgslave01, pgslave02)   | 1 | pgslave01 pgslave02
            any 2 ("db-sfs-0",db_1 , *)      | 2 | db-sfs-0 db_1 *
            3 (s1, s2)                       | 3 | s1 s2
            FIRST 2("a""b", c$d)             | 2 | a"b c$d
            12 , first                       | 1 | 12 first
            """)
    void areReadAsPostgresReadsThem(String value, int required, String names) {
        assertEquals(Optional.of(new StandbyNames(required, List.of(names.split(" ")))), StandbyNames.parse(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", "ANY (a)", "ANY 1 a", "db-sfs-0", "FIRST 1 ()", "1 (a) b", "\"a", "''"})
    void areNotReadWhereItRefusesThem(String value) {
        assertEquals(Optional.empty(), StandbyNames.parse(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            *                                                   | 3 | 0 | 2
            "db-sfs-0", "db-sfs-1", "db-sfs-2"                  | 3 | 0 | 2
            "DB-SFS-1"                                          | 3 | 0 | 1
            "db-sfs-1"                                          | 3 | 1 | 0
            "db-sfs-1", "db-sfs-4"                              | 3 | 0 | 1
            ANY 2 ("db-sfs-0", "db-sfs-1", "db-sfs-1")          | 5 | 4 | 2
            """)
    void countPodsThatAreStandbys(String value, int replicas, int primary, int standbys) {
        assertEquals(standbys, StandbyNames.parse(value).orElseThrow().standbys(CLUSTER, replicas, primary));
    }

    @Test
    void knowStrangers() {
        var names = StandbyNames.parse("\"db-sfs-0\", other, \"db-sfs-3\", *").orElseThrow();
        assertEquals(List.of("other", "db-sfs-3"), names.strangers(CLUSTER, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ANY 2 (*)                                           | 3 |
            ANY 3 (*)                                           | 3 | 0
            ANY 1 (*)                                           | 1 | 0
            FIRST 1 ("db-sfs-1", "db-sfs-2")                    | 3 |
            FIRST 1 ("db-sfs-1")                                | 3 | 1
            """)
    void knowThePrimaryThatWouldWaitForEver(String value, int replicas, Integer primary) {
        assertEquals(
                Optional.ofNullable(primary),
                StandbyNames.parse(value).orElseThrow().stuckPrimary(CLUSTER, replicas));
    }
}
