package streamset.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How far pg_wal grows against how far the program says it grows: real servers with the program's settings, WAL on a small
 * volume of its own, a dead standby with a slot, and clients that write as fast as they can. {@code make bench-wal} starts
 * it.
 */
@Tag("bench")
class WalBench {
    private static final List<Combination> COMBINATIONS = List.of(
            Combination.of(18, "256Mi", "512Mi", "1MB", Disk.MEMORY, Load.LARGE),
            Combination.of(16, "256Mi", "512Mi", "16MB", Disk.MEMORY, Load.SCATTERED),
            Combination.of(14, "512Mi", "1Gi", "64MB", Disk.MEMORY, Load.BURSTS),
            Combination.of(18, "256Mi", "512Mi", "16MB", Disk.FAST, Load.LARGE),
            Combination.of(18, "256Mi", "512Mi", "16MB", Disk.FAST, Load.BURSTS),
            Combination.of(16, "256Mi", "512Mi", "1MB", Disk.FAST, Load.SCATTERED),
            Combination.of(14, "512Mi", "512Mi", "16MB", Disk.FAST, Load.COMMITS),
            Combination.of(18, "512Mi", "1Gi", "64MB", Disk.FAST, Load.LARGE),
            Combination.of(16, "512Mi", "1Gi", "16MB", Disk.FAST, Load.SCATTERED),
            Combination.of(14, "512Mi", "1Gi", "1MB", Disk.FAST, Load.BURSTS),
            Combination.of(18, "2Gi", "2Gi", "64MB", Disk.FAST, Load.SCATTERED),
            Combination.of(18, "2Gi", "2Gi", "16MB", Disk.FAST, Load.LARGE),
            Combination.of(18, "256Mi", "512Mi", "16MB", Disk.SLOW, Load.LARGE),
            Combination.of(16, "512Mi", "1Gi", "64MB", Disk.SLOW, Load.SCATTERED),
            Combination.of(18, "1Gi", "1Gi", "16MB", Disk.SLOW, Load.SCATTERED));
    private static final Combination COUNTER_EXAMPLE = COMBINATIONS.get(3).uncapped();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void whatIsNeeded() throws IOException {
        assertEquals("0", Command.run("id", "-u"), "volumes can only be made as root: sudo make bench-wal");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // for the servers' user
    }

    @Test
    void staysBelowTheBoundAndOnlyBecauseOfTheCap() throws Exception {
        System.out.println(Measurement.heading());
        var otherwise = new ArrayList<Measurement>();
        for (var combination : all()) {
            var measured = WalRun.of(combination, programs(combination.major()));
            System.out.println(measured);
            if (!measured.asExpected()) {
                otherwise.add(measured);
            }
        }
        assertEquals(List.of(), otherwise);
    }

    private static List<Combination> all() {
        var all = new ArrayList<Combination>();
        for (var combination : COMBINATIONS) {
            if (combination.disk().canBeMade()) {
                all.add(combination);
            } else {
                System.out.println("not measured, for nothing here makes a volume slow: " + combination);
            }
        }
        all.add(COUNTER_EXAMPLE);
        return all;
    }

    /** Those of a version, from the archive that the build unpacks. */
    private static Path programs(int major) throws IOException {
        var unpacked = folder.resolve(Integer.toString(major));
        if (Files.notExists(unpacked)) {
            Files.createDirectory(unpacked);
            Command.run(
                    "sh",
                    "-c",
                    "exec tar -xJf \"$1\"/*.txz -C \"$2\" --no-same-owner",
                    "unpack",
                    "target/postgresql-binaries/" + major,
                    unpacked.toString());
        }
        return unpacked.resolve("bin");
    }
}
