package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class NodeStateTest {
    private static NodeState standby(String upstream) {
        return new NodeState(false, 1, upstream, "streaming", 0, new TreeSet<>());
    }

    @Test
    void an_upstream_is_known_by_its_name_or_by_its_address() {
        assertTrue(standby("postgresql-sfs-1.postgresql-svc.db.svc").streamsFrom("postgresql-sfs-1"));
        assertFalse(standby("postgresql-sfs-10.postgresql-svc.db.svc").streamsFrom("postgresql-sfs-1"));
        assertTrue(standby("10.244.0.5").streamsFrom("10.244.0.5"));
        assertFalse(standby("10.244.0.57").streamsFrom("10.244.0.5"));
        assertFalse(standby("").streamsFrom("10.244.0.5"));
    }
}
