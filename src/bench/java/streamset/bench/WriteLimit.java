package streamset.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamset.units.ByteSize;

/**
 * Makes a block device slow, as network volumes are, for this program, for the servers and for the kernel's own writing
 * of what they left in its cache. Needs the blkio controller of the first version of control groups: that of the second
 * limits no process of the root group, and the kernel's threads are in none other.
 */
final class WriteLimit {
    private static final Path ROOT_GROUP = Path.of("/sys/fs/cgroup/blkio/blkio.throttle.write_bps_device");
    private static final String OWN_GROUP_IS_ROOT = "(?m)^\\d+:blkio:/$";

    private WriteLimit() {}

    static boolean canBeSet() {
        try {
            return Files.isWritable(ROOT_GROUP)
                    && Files.readString(Path.of("/proc/self/cgroup"))
                            .lines()
                            .anyMatch(line -> line.matches(OWN_GROUP_IS_ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param device its numbers, as {@code 7:0} */
    static void set(String device, ByteSize perSecond, Undo undo) {
        undo.add(() -> write(device + " 0"));
        write(device + " " + perSecond.bytes());
    }

    private static void write(String limit) {
        try {
            Files.writeString(ROOT_GROUP, limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
