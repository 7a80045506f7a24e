package streamset.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class DisplayWidthTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain          | 5
            größe …→⏎      | 9
            数据库          | 6
            データ           | 6
            ﾃﾞｰﾀ            | 4
            데이터베이스       | 12
            ｗｉｄｅ！        | 10
            「a」           | 5
            🐘              | 2
            a🐘b            | 4
            👩‍👩‍👧‍👦 x           | 4
            👍🏽             | 2
            🇩🇪             | 2
            ✅              | 2
            ⚠️             | 2
            ⚠              | 1
            é             | 1
            e\u0301        | 1
            x\u200b\u0007y  | 2
            עברית           | 5
            """)
    void isThatOfWhatAReaderSees(String text, int width) {
        assertEquals(width, DisplayWidth.of(text));
        assertEquals(width + 3, DisplayWidth.padded(text, width + 3).length() - text.length() + width);
    }

    @Test
    void fitsWholeCharacters() {
        assertEquals(3, DisplayWidth.fitting("abcdef", 3));
        assertEquals(1, DisplayWidth.fitting("数据库", 3));
        assertEquals(2, DisplayWidth.fitting("数据库", 4));
        assertEquals(1, DisplayWidth.fitting("数据库", 1)); // or nothing would ever fit
        assertEquals(3, DisplayWidth.fitting("ae\u0301b", 2));
        assertEquals(2, DisplayWidth.fitting("🐘🐘", 3));
        assertEquals(4, DisplayWidth.fitting("🐘🐘", 9));
    }
}
