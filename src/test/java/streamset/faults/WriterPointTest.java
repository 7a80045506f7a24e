package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WriterPointTest {
    @Test
    void missesWhatWasAcknowledgedBeforeItAndNoticesWhatWasSentAfterIt() {
        var acknowledged = new BitSet();
        acknowledged.set(1, 3);
        var point = new WriterPoint("noon", Map.of("kept", acknowledged), Map.of("kept", 4));

        assertEquals(2, point.acknowledged());
        assertEquals(List.of(), point.faults(List.of("kept|1", "kept|2")));
        assertEquals(List.of(), point.faults(List.of("kept|1", "kept|2", "kept|3"))); // which was on its way
        assertEquals(List.of("of kept there lack {2}"), point.faults(List.of("kept|1")));
        assertEquals(
                List.of("of kept there is 4, which was sent after noon"),
                point.faults(List.of("kept|1", "kept|2", "kept|4")));
        assertEquals(List.of("of kept there lack {1, 2}"), point.faults(List.of()));
    }
}
