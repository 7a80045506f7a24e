package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.problems.Problems;

/** What holds for every text, readable or not. */
@Tag("unit")
class ConfFilePropertiesTest {
    private static final int SEEDS = 500; // two texts each

    static Stream<String> texts() {
        return LongStream.range(0, SEEDS)
                .mapToObj(RandomConf::new)
                .flatMap(random -> Stream.of(random.plausible(), random.noise()));
    }

    @Test
    void isTheSameTextAgain() {
        texts().forEach(text -> assertEquals(text, parse(text).text()));
    }

    @ParameterizedTest
    @MethodSource
    void isTheSameTextAgainWhateverItsEnd(String text) {
        assertEquals(text, parse(text).text());
    }

    static List<String> isTheSameTextAgainWhateverItsEnd() {
        return List.of(
                "",
                "\n",
                "\n\n",
                "\r",
                "\r\n",
                "a",
                "a\n",
                "a\n\n",
                "\n\na",
                "a\rb",
                "# a",
                "a = '",
                "a = 'b\n",
                "\uFEFF");
    }

    @Test
    void keepsItsTextAndSettingsWhenSomeAreAdded() {
        texts().forEach(text -> {
            var file = parse(text);
            var rendered = file.with(new RandomConf(text.hashCode()).settings());
            assertTrue(rendered.startsWith(text), rendered);
            assertEquals(
                    file.occurrences(),
                    parse(rendered).occurrences().subList(0, file.occurrences().size()),
                    rendered);
        });
    }

    @Test
    void letsAddedSettingsHoldWithEveryCharacterOfTheirValue() {
        texts().forEach(text -> {
            var added = new RandomConf(text.hashCode()).settings();
            var rendered = parse(parse(text).with(added));
            for (var setting : added) {
                assertEquals(
                        setting.value(),
                        rendered.setting(setting.name()).orElseThrow().value(),
                        rendered::text);
            }
        });
    }

    @Test
    void knowsEverySettingByItsLine() {
        texts().forEach(text -> {
            var file = parse(text);
            var lines = List.of(text.split("\n", -1));
            for (var setting : file.occurrences()) {
                var alone = parse(lines.get(setting.line() - 1)).occurrences();
                assertEquals(List.of(new ConfFile.Entry(1, setting.name(), setting.value())), alone, text);
            }
        });
    }

    private static ConfFile parse(String text) {
        return ConfFile.parse(new SourceFile("a.conf", text), new Problems());
    }
}
