package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class LibraryListTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                               | ''
                    pg_stat_statements                               | pg_stat_statements
                    ' pg_prewarm ,auto_explain'                      | auto_explain pg_prewarm
                    '"$libdir/pg_stat_statements.so", "auto_explain"' | auto_explain pg_stat_statements
                    /usr/lib/postgresql/15/lib/pg_prewarm.so         | pg_prewarm
                    """)
    void hasTheNamesWithoutFoldersAndEndings(String text, String names) {
        assertEquals(
                names.isEmpty() ? Set.of() : new TreeSet<>(Set.of(names.split(" "))),
                new TreeSet<>(LibraryList.names(text)));
    }
}
