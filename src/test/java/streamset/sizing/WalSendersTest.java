package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class WalSendersTest {
    @ParameterizedTest(name = "{0} pods need {1} and get {2}")
    @CsvSource({
        "1, 1, 20",
        "3, 7, 20",
        "5, 13, 20",
        "7, 19, 20",
        "9, 25, 30",
        "101, 301, 310",
        "999, 2995, 3000",
    })
    void sufficeForStreamingAndForCloningAtTheSameTime(int replicas, int floor, int computed) {
        assertEquals(new WalSenders(floor, computed), WalSenders.of(replicas));
    }

    @Test
    void areNeverBelowTheFloor() {
        IntStream.rangeClosed(1, 999)
                .mapToObj(WalSenders::of)
                .forEach(senders -> assertTrue(senders.computed() >= senders.floor(), senders::toString));
    }
}
