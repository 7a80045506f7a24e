package streamset.plan.differences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CutTest {
    private static final String LONG = "registry.example.org:5000/databases/postgres/production/postgres:18.1-";

    @Test
    void leavesAloneWhatFitsIntoARow() {
        assertEquals("postgres:18.1", Cut.text("postgres:18.1", "postgres:18.2"));
    }

    @Test
    void showsTheEndWhereTheEndDiffers() {
        assertEquals(
                "registry.example…postgres/production/postgres:18.1-bookworm",
                Cut.text(LONG + "bookworm", LONG + "trixie"));
        assertEquals(
                "registry.example…s/postgres/production/postgres:18.1-trixie",
                Cut.text(LONG + "trixie", LONG + "bookworm"));
    }

    @Test
    void showsTheBeginningWhereTheBeginningDiffers() {
        assertEquals("a".repeat(59) + "…", Cut.text("a".repeat(100), "b".repeat(100)));
    }

    @Test
    void showsADifferenceWhereverItIs() {
        for (int place = 0; place < 100; place++) {
            var one = "a".repeat(place) + "b" + "a".repeat(99 - place);
            var other = "a".repeat(place) + "c" + "a".repeat(99 - place);
            assertNotEquals(Cut.text(one, other), Cut.text(other, one), "at " + place);
            assertEquals(true, Cut.text(one, other).length() <= 60, "at " + place);
        }
    }
}
