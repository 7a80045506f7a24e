package streamset.bench;

import java.nio.file.Path;
import streamset.units.ByteSize;

/** What the volumes for data and WAL are made of. */
enum Disk {
    MEMORY("tmpfs"),
    FAST("ext4"),
    SLOW("ext4, 50 MB/s");

    private static final ByteSize SLOW_PER_SECOND = ByteSize.ofMegabytes(50); // each volume; a small one in a cloud

    private final String words;

    Disk(String words) {
        this.words = words;
    }

    Volume volume(Path path, ByteSize size, Undo undo) {
        return this == MEMORY ? Volume.tmpfs(path, size, undo) : Volume.ext4(path, size, undo);
    }

    /** From now on it is as fast as it says. */
    void slowDown(Volume volume, Undo undo) {
        if (this == SLOW) {
            WriteLimit.set(volume.device().orElseThrow(), SLOW_PER_SECOND, undo);
        }
    }

    boolean canBeMade() {
        return this != SLOW || WriteLimit.canBeSet();
    }

    @Override
    public String toString() {
        return words;
    }
}
