package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import streamset.units.ByteSize;

/**
 * The data volume of a pod, reached from the machine that runs the testbed: also while the pod cannot be.
 *
 * @param folder its root
 */
record PodVolume(Path folder) {
    private static final String FILLER = "filler";

    /** Takes all of the space that is left. */
    void fill() {
        var first = folder.resolve(FILLER).toString();
        var rest = folder.resolve(FILLER + ".rest").toString();
        Program.run(
                "sh",
                "-c",
                "fallocate -l \"$(df --output=avail -B1 \"$0\" | tail -n 1)\" \"$1\" || true;"
                        + " ! dd if=/dev/zero of=\"$2\" bs=4k status=none 2>/dev/null",
                folder.toString(),
                first,
                rest);
    }

    /** Takes space until so much is left. */
    void fillUpTo(ByteSize left) {
        long taken = folder.toFile().getUsableSpace() - left.bytes();
        Program.run(
                "fallocate", "-l", Long.toString(taken), folder.resolve(FILLER).toString());
    }

    /** When the data in it were made: a clone is a new one, a rewind is not. */
    Instant made() {
        try {
            return Files.getLastModifiedTime(folder.resolve("pgdata/PG_VERSION"))
                    .toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it back. */
    void free() {
        try {
            Files.deleteIfExists(folder.resolve(FILLER));
            Files.deleteIfExists(folder.resolve(FILLER + ".rest"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
