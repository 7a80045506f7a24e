package streamset.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NearestNameTest {
    private static final List<String> NAMES = List.of("work_mem", "wal_level", "wal_label", "port");

    @Test
    void isTheOneWithTheFewestSlips() {
        assertEquals(Optional.of("work_mem"), NearestName.to("wrk_mem", NAMES));
        assertEquals(Optional.of("wal_level"), NearestName.to("wal_levels", NAMES));
        assertEquals(Optional.of("port"), NearestName.to("port", NAMES));
    }

    @Test
    void isTheFirstInTheAlphabetOfSeveral() {
        assertEquals(Optional.of("wal_label"), NearestName.to("wal_lavel", NAMES));
    }

    @Test
    void isNoneWhenOneLetterInThreeWouldHaveToChange() {
        assertEquals(Optional.empty(), NearestName.to("pq", NAMES));
        assertEquals(Optional.empty(), NearestName.to("work_memory_size", NAMES));
        assertEquals(Optional.empty(), NearestName.to("", NAMES));
    }
}
