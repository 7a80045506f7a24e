package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AcknowledgedRowsTest {
    private final AcknowledgedRows rows = rowsAt(0, 50, 100, 2100, 2150, 9000, 9050);

    private static AcknowledgedRows rowsAt(long... milliseconds) {
        var rows = new AcknowledgedRows();
        for (long at : milliseconds) {
            rows.add(at(at), rows.count() + 1);
        }
        return rows;
    }

    private static Instant at(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds);
    }

    @Test
    void a_pause_lies_between_two_rows_in_a_row() {
        assertEquals(Duration.ofMillis(6850), rows.longestPause(at(0), at(9050)));
        assertEquals(Duration.ofMillis(2000), rows.longestPause(at(0), at(2150).minusMillis(1)));
    }

    @Test
    void a_pause_counts_whole_when_it_began_before_the_time() {
        assertEquals(Duration.ofMillis(2000), rows.longestPause(at(500), at(2000)));
    }

    @Test
    void a_pause_that_has_not_ended_counts_as_long_as_it_has_lasted() {
        assertEquals(Duration.ofMillis(950), rows.longestPause(at(9000), at(10_000)));
    }

    @Test
    void a_writer_that_never_got_a_row_pauses_all_the_time() {
        assertEquals(Duration.ofMillis(5000), rowsAt().longestPause(at(1000), at(6000)));
    }

    @Test
    void rows_are_counted_in_a_time() {
        assertEquals(3, rows.count(at(100), at(2150)));
        assertEquals(7, rows.ids().cardinality());
        assertTrue(rows.hasAnyAfter(at(9000)));
        assertFalse(rows.hasAnyAfter(at(9050)));
    }
}
