package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ReplicationSlotsTest {
    @ParameterizedTest(name = "{0} pods: at least {1}, {2} computed")
    @CsvSource({"1, 0, 10", "3, 2, 10", "7, 6, 10", "9, 8, 20", "17, 16, 20", "19, 18, 30", "999, 998, 1010"})
    void areOneForEachStandbyAndSomeForUsers(int pods, int floor, int computed) {
        assertEquals(new ReplicationSlots(floor, computed), ReplicationSlots.of(pods));
    }
}
