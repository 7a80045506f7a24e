package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HbaLineTest {
    /** Here ' stands for a double quote; behind the sign, words of one field have a semicolon between them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "local all all trust   ~ local|all|all|trust",
                "` local a,b ,c all#d` ~ local|a;b|c|all",
                "local a, b,,c, trust  ~ local|a;b;c;trust",
                ",local, all           ~ local;all",
                "local all, # trust    ~ local|all",
                "'local' 'a b' 'c,#d'  ~ 'local'|'a b'|'c,#d'",
                "a'b c'd ''e '''' 'f''g' ~ ab cd|'e'|'''|'f'g'",
                "'' '                  ~ ''|''",
                "'a b # c              ~ 'a b # c'",
                "a\\b c\\              ~ a\\b|c",
                "# all of it           ~ ``",
                "`   `                 ~ ``",
            })
    void hasTheWordsThatPostgresReads(String text, String words) {
        assertEquals(words, words(HbaLine.of(text.replace('\'', '"')).get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "\r", " \t \r "})
    void isSeparatedByBlanksTabsAndCarriageReturns(String space) {
        assertEquals(
                "local|all|all|trust",
                words(HbaLine.of(String.join(space, "local", "all", "all", "trust"))
                        .get(0)));
    }

    @Test
    void goesOnBehindABackslash() {
        var lines = HbaLine.of("a \\\nb\\\r\nc\nd\\\\\ne\n\\\nf # g \\\n h\ni\\");
        assertEquals(
                List.of("1: a|bc", "4: d\\e", "6: f", "9: i"),
                lines.stream().map(line -> line.number() + ": " + words(line)).toList());
    }

    @Test
    void hasEveryCharacter() {
        var text = "a\r\n\n# b\\\nc\n\"d \\\n e\n\tf";
        assertEquals(
                List.of("a\r\n", "\n", "# b\\\nc\n", "\"d \\\n e\n", "\tf"),
                HbaLine.of(text).stream().map(HbaLine::raw).toList());
    }

    @Test
    void tellsWhereItsWordsAre() {
        var line = HbaLine.of("\nab,  \"c d\\\ne\"# f\n").get(1);
        assertEquals(
                List.of("ab", "\"c d\\\ne\""),
                line.fields().stream()
                        .flatMap(List::stream)
                        .map(word -> line.raw().substring(word.start(), word.end()))
                        .toList());
    }

    private static String words(HbaLine line) {
        return line.fields().stream()
                .map(field -> field.stream()
                        .map(word -> (word.quoted() ? "'" + word.text() + "'" : word.text()).replace('"', '\''))
                        .collect(Collectors.joining(";")))
                .collect(Collectors.joining("|"));
    }
}
