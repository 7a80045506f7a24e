package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WritableTimesTest {
    private final WritableTimes times = new WritableTimes();

    private static Instant at(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds);
    }

    private void writable(String server, long from, long to) {
        times.extend(times.begin(server, at(from)), at(to));
    }

    @Test
    void a_role_that_is_handed_over_is_never_counted_twice() {
        writable("a", 0, 1000);
        writable("b", 1000, 2000);
        assertEquals(1, times.most(at(0), at(2000)));
    }

    @Test
    void two_that_can_be_written_to_in_the_same_moment_are_two() {
        writable("a", 0, 1001);
        writable("b", 1000, 2000);
        assertEquals(2, times.most(at(0), at(2000)));
    }

    @Test
    void a_single_answer_proves_nothing_about_another_moment() {
        writable("a", 0, 1000);
        times.begin("b", at(500));
        assertEquals(1, times.most(at(0), at(1000)));
    }

    @Test
    void only_the_time_that_is_asked_about_counts() {
        writable("a", 0, 1000);
        writable("b", 500, 600);
        assertEquals(1, times.most(at(600), at(2000)));
        assertEquals(0, times.most(at(1000), at(2000)));
    }

    @Test
    void people_are_told_who_it_was() {
        writable("a", 0, 1000);
        writable("b", 500, 600);
        assertEquals("""
                a from 1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z
                b from 1970-01-01T00:00:00.500Z to 1970-01-01T00:00:00.600Z
                """, times.describe(at(0), at(1000)));
    }
}
