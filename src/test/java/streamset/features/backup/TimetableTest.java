package streamset.features.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long it is until something is done again. */
@Tag("unit")
class TimetableTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *            | PT1M
            */15 * * * *         | PT15M
            5/20 * * * *         | PT20M
            0 6 * * *            | P1D
            30 1 * * 0           | P7D
            30 1 * * 1-6         | P2D
            30 1 * * MON-FRI     | P3D
            0 9,17 * * *         | PT16H
            0 0 1 * *            | P31D
            0 0 31 * *           | P61D
            0 0 1 JAN,JUL *      | P184D
            0 0 29 2 *           | P1461D
            0 0 1 * MON          | P7D
            0 0 */2 * MON        | P2D
            0 0 1-7 * *          | P25D
            """)
    void saysTheLongestPause(String schedule, Duration pause) {
        assertEquals(pause, new Timetable(List.of(schedule)).longestPause());
    }

    @Test
    void countsSeveralSchedulesAsOne() {
        assertEquals(Duration.ofDays(1), new Timetable(List.of("30 1 * * 0", "30 1 * * 1-6")).longestPause());
        assertEquals(Duration.ofHours(20), new Timetable(List.of("0 4 * * *", "0 8 * * *")).longestPause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30,31 FEB *", "0 0 31 4,6 *"})
    void refusesADayThatNeverComes(String schedule) {
        assertEquals(
                "must name a day that one of its months has",
                assertThrows(IllegalArgumentException.class, () -> Cron.parse(schedule))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 * * FRI-MON", "0 0 * DEC-JAN *", "9-3/2 * * * *"})
    void refusesARangeThatEndsBeforeItBegins(String schedule) {
        assertEquals(
                "must have no range that ends before it begins",
                assertThrows(IllegalArgumentException.class, () -> Cron.parse(schedule))
                        .getMessage());
    }
}
