package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class DigitRangeTest {
    @Test
    void isReadableWhereTheRangeIsRound() {
        assertEquals("([0-9]|[1-9][0-9]|[1-8][0-9]{2}|9[0-8][0-9]|99[0-8])", DigitRange.pattern(0, 998));
        assertEquals("1[4-8]", DigitRange.pattern(14, 18));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,9", "1,10", "5,80", "14,18", "0,998", "1,999", "95,1203", "1,8760", "999,1001"})
    void matchesTheNumbersOfTheRangeAndNoOthers(int least, int most) {
        var pattern = DigitRange.pattern(least, most);
        for (int number = 0; number <= 10_010; number++) {
            boolean is = Integer.toString(number).matches(pattern);
            assertEquals(number >= least && number <= most, is, number + " and " + pattern);
        }
    }
}
