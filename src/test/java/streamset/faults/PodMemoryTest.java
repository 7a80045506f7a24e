package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PodMemoryTest {
    @Test
    void the_group_is_that_of_the_memory() {
        assertEquals(
                Path.of("/sys/fs/cgroup/memory/kubepods/pod1/c"),
                PodMemory.group(
                        "8:pids:/kubepods/pod1/p\n4:memory:/kubepods/pod1/c\n1:name=systemd:/kubepods/pod1/s\n"));
        assertEquals(Path.of("/sys/fs/cgroup/kubepods/pod1/c"), PodMemory.group("0::/kubepods/pod1/c\n"));
    }

    @Test
    void what_limits_no_pod_is_never_used_up() {
        for (var text : new String[] {"4:memory:/\n", "4:memory:/user\n", "0::/\n", "8:pids:/kubepods/pod1\n"}) {
            assertThrows(AssertionError.class, () -> PodMemory.group(text), text);
        }
    }
}
