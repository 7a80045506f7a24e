package streamset.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class WholeNumbersTest {
    @Test
    void areFoundAtAnyDepth() {
        var json = JsonMapper.shared();
        var state = json.readTree(
                "{\"mode\":420.0,\"list\":[1.0,0.5,{\"port\":5432.0}],\"text\":\"1.0\",\"yes\":true,\"no\":null}");
        assertEquals(
                "{\"mode\":420,\"list\":[1,0.5,{\"port\":5432}],\"text\":\"1.0\",\"yes\":true,\"no\":null}",
                json.writeValueAsString(WholeNumbers.in(state)));
    }
}
