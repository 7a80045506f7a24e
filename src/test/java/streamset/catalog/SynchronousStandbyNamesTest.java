package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SynchronousStandbyNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a",
                " a , b ",
                "\"postgresql-sfs-1\"",
                "\"a \"\"quoted\"\" name\"",
                "1 (a, b)",
                "2(a,b)",
                "ANY 1 (a, b)",
                "first 2 (a, 3, *)",
                "anyone, firstly",
            })
    void canBeOneNameSeveralOrACountOfThem(String names) {
        assertEquals(names, SynchronousStandbyNames.check(names));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "postgresql-sfs-1",
                "a b",
                "a,",
                ",a",
                "any",
                "ANY (a)",
                "ANY 1 a",
                "ALL 1 (a)",
                "1 ()",
                "1 (a",
                "1 (a))",
                "-1 (a)",
                "2a",
                "\"a",
                "'a'",
            })
    void refusesWhatPostgresCanNotRead(String names) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> SynchronousStandbyNames.check(names));
        assertEquals(
                "must be a list of standbys such as ANY 1 (\"postgresql-sfs-1\", \"postgresql-sfs-2\");"
                        + " a name with a dash needs double quotes",
                refusal.getMessage());
    }

    @Test
    void refusesToWaitForNobody() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> SynchronousStandbyNames.check("ANY 0 (a)"));
        assertEquals(
                "must wait for at least one standby, such as ANY 1 (\"postgresql-sfs-1\", \"postgresql-sfs-2\")",
                refusal.getMessage());
    }

    @Test
    void readsALongListToo() {
        var names = "a, ".repeat(1_000_000) + "b";
        assertEquals(names, SynchronousStandbyNames.check(names));
        var quoted = "\"" + "\"\"".repeat(1_000_000) + "\"";
        assertEquals(quoted, SynchronousStandbyNames.check(quoted));
    }
}
