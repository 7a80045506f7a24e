package streamset.bench;

import java.nio.file.Path;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problems;
import streamset.units.ByteSize;

/**
 * A stack with a volume for WAL, what the volumes are made of, and what writes.
 *
 * @param memory of the container, as the stack says it; shared_buffers follow it
 * @param volume size of the WAL volume, as the stack says it
 * @param segmentSize as the stack says it
 * @param capped whether the settings are the program's; else the cap on what slots hold back is taken away
 */
record Combination(int major, String memory, String volume, String segmentSize, Disk disk, Load load, boolean capped) {

    static Combination of(int major, String memory, String volume, String segmentSize, Disk disk, Load load) {
        return new Combination(major, memory, volume, segmentSize, disk, load, true);
    }

    Combination uncapped() {
        return new Combination(major, memory, volume, segmentSize, disk, load, false);
    }

    private StackDraft draft() {
        return StackDraft.minimal()
                .with("version", Integer.toString(major))
                .with("resources", "{\"memory\":\"" + memory + "\"}")
                .with("wal", "{\"segmentSize\":\"" + segmentSize + "\",\"volume\":{\"size\":\"" + volume + "\"}}");
    }

    /** The conf files and the budgets of the stack. */
    ClusterSpec spec() {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft().raw(), Path.of(""), "bench", problems);
        problems.throwIfAny();
        return spec;
    }

    ByteSize volumeSize() {
        return ByteSize.parseQuantity(volume);
    }
}
