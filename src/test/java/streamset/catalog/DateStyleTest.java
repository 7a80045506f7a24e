package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DateStyleTest {
    @ParameterizedTest
    @CsvSource({
        "'', 'ISO, MDY'",
        "'iso, mdy', 'ISO, MDY'",
        "'DMY , iso', 'ISO, DMY'",
        "ymd, 'ISO, YMD'",
        "European, 'ISO, DMY'",
        "'US, NonEuropean', 'ISO, MDY'",
        "postgresql, 'Postgres, MDY'",
        "German, 'German, DMY'",
        "'german, ymd', 'German, YMD'",
        "'german, default', 'German, MDY'",
        "'default, german', 'German, DMY'",
        "'\"Iso\", iso', 'ISO, MDY'",
    })
    void isAlwaysShownInFull(String text, String shown) {
        assertEquals(shown, DateStyle.check(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso,", "DD/MM/YYYY", "iso mdy", "\"iso"})
    void refusesOtherWords(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> DateStyle.check(text));
        assertEquals(
                "must be one of ISO, SQL, Postgres, German, one of MDY, DMY, YMD, or both, such as ISO, MDY",
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"'iso, sql', ISO and SQL", "'mdy, iso, european', MDY and DMY"})
    void refusesContradictions(String text, String words) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> DateStyle.check(text));
        assertEquals("contradicts itself: " + words, refusal.getMessage());
    }
}
