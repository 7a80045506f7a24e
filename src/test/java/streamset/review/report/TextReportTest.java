package streamset.review.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.DisplayWidth;

@Tag("unit")
class TextReportTest {
    private static final int WIDTH = 80;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "many words that go on and on and on and on and on and on and on and on and on and on and on",
                "oneWordThatIsLongerThanALineOfATerminalCanBeBecauseSomebodyWroteAPathWithoutAnyBlankInIt/and/so/on",
                "数据库的配置文件里面有很多很多的字符没有空格可以换行所以必须在任何地方换行数据库的配置文件里面有很多",
                "🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘",
                "   leading and   inner blanks                                                                       x",
                ""
            })
    void hasNoLineOfMoreThanEightyCharacters(String text) {
        var report = TextReport.of(Draft.everywhere(text), false);
        report.lines()
                .filter(line -> !line.strip().startsWith("+")) // of an edit, which can be applied only as it is
                .forEach(line -> assertTrue(DisplayWidth.of(line) <= WIDTH, line));
    }

    @Test
    void alignsWhatIsWide() {
        var rows = new Changes(
                List.of(),
                List.of(
                        new Row.Setting("a", "数据", "x", "reload", "z"),
                        new Row.Setting("b", "🐘e\u0301", "y", "reload", "z")),
                List.of(),
                List.of(),
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var report = TextReport.of(new Review("main", List.of(Draft.stack("qa", Verdict.RELOAD, rows))), false);
        assertTrue(report.contains("""
                    setting  from  to  by      why
                    a        数据  x   reload  z
                    b        🐘e\u0301   y   reload  z
                """), report);
    }

    @Test
    void isAsWideForAStackWithALongName() {
        var stack = Draft.stack("x".repeat(100) + "\u001b", Verdict.RELOAD, Draft.settings(1, "1"));
        TextReport.of(new Review("main", List.of(stack)), false)
                .lines()
                .forEach(line -> assertTrue(line.length() <= WIDTH && line.indexOf('\u001b') < 0, line));
    }

    @Test
    void losesNoWord() {
        var words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
        var report = TextReport.of(
                new Review("main", List.of(Draft.stack("qa", Verdict.RELOAD, Draft.settings(1, words)))), false);
        for (var word : words.split(" ")) {
            assertEquals(3, report.split("\\b" + word + "\\b", -1).length - 1, word + " in:\n" + report);
        }
    }

    @Test
    void showsWhatATerminalWouldObey() {
        var report = TextReport.of(Draft.everywhere("\u001b[2J\u0007\r"), false);
        assertFalse(report.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), report);
        assertTrue(report.contains("·[2J"));
    }

    @Test
    void hasColoursOnlyWhenAsked() {
        var review = new Review("main", List.of(Draft.stack("qa", Verdict.RELOAD, Draft.settings(1, "1"))));
        assertFalse(TextReport.of(review, false).contains("\u001b"));
        assertTrue(TextReport.of(review, true).contains("\u001b[32mqa: reload\u001b[0m"));
        assertEquals(TextReport.of(review, false), TextReport.of(review, true).replaceAll("\u001b\\[\\d*m", ""));
    }
}
