package streamset.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import streamset.units.ByteSize;

/** Measures one combination: volumes, server and dead standby are made for it and gone after it. */
final class WalRun {
    private static final ByteSize DATA_VOLUME = ByteSize.ofMegabytes(8 * 1024); // sparse
    private static final int BYTES_FOR_A_ROW = 2048; // of table wide, of which half are left free
    private static final long LONGEST_LOAD_SECONDS = 120;
    private static final long POLL_MILLISECONDS = 200;
    private static final long PAUSE_BETWEEN_BURSTS_MILLISECONDS = 2000;

    private final Combination combination;
    private final Path folder;
    private final Undo undo;

    private WalRun(Combination combination, Path folder, Undo undo) {
        this.combination = combination;
        this.folder = folder;
        this.undo = undo;
    }

    /** @param programs of the combination's version of PostgreSQL */
    static Measurement of(Combination combination, Path programs)
            throws IOException, InterruptedException, SQLException {
        try (var undo = new Undo()) {
            var folder = Files.createTempDirectory("bench-wal-");
            undo.add(() -> Command.run("rm", "--recursive", "--one-file-system", folder.toString()));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new WalRun(combination, folder, undo).measure(programs);
        }
    }

    private Measurement measure(Path programs) throws IOException, InterruptedException, SQLException {
        var disk = combination.disk();
        var dataVolume = disk.volume(folder.resolve("data-volume"), DATA_VOLUME, undo);
        var walVolume = disk.volume(folder.resolve("wal-volume"), combination.volumeSize(), undo);
        var available = walVolume.available();
        var pgWal = walVolume.folder("pg_wal");
        var database = new Database(programs, dataVolume.folder("data"), folder);
        var spec = combination.spec();
        database.initialize(pgWal, spec.config().wal().segmentSize());
        var forced = combination.capped() ? List.<String>of() : List.of("max_slot_wal_keep_size=-1");
        var primary = Primary.start(database, spec.files(), forced, undo);
        long rows = fill(primary);
        primary.query("SELECT pg_create_physical_replication_slot('dead', true)");
        disk.slowDown(dataVolume, undo);
        disk.slowDown(walVolume, undo);
        var budget = spec.budgets().wal();
        var bound = budget.bound();
        try (var peak = new PgWalPeak(pgWal, walVolume)) {
            long began = System.nanoTime();
            var written = write(primary, rows, new ByteSize(Measurement.ENOUGH * bound.bytes()));
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Measurement(
                    combination,
                    budget.space().size(),
                    bound,
                    available,
                    written,
                    seconds,
                    peak.ofFiles(),
                    peak.ofVolume(),
                    primary.ranOutOfSpace());
        }
    }

    /** Makes a table as large as shared_buffers, so that all of them can be dirty when a checkpoint begins. */
    private static long fill(Primary primary) throws SQLException {
        long rows = Long.parseLong(primary.query(
                        "SELECT setting::bigint * pg_size_bytes(unit) FROM pg_settings WHERE name = 'shared_buffers'"))
                / BYTES_FOR_A_ROW;
        primary.query("CREATE TABLE wide (id int PRIMARY KEY, filler text) WITH (fillfactor = 50)");
        primary.query("INSERT INTO wide SELECT id, repeat('x', 940) FROM generate_series(1, " + rows + ") AS id");
        primary.query("CHECKPOINT");
        return rows;
    }

    /** Lets the load write that much WAL, if server and time allow it; how much was written. */
    private ByteSize write(Primary primary, long rows, ByteSize enough)
            throws IOException, InterruptedException, SQLException {
        var start = primary.query("SELECT pg_current_wal_lsn()");
        long end = System.nanoTime() + LONGEST_LOAD_SECONDS * 1_000_000_000L;
        var written = new ByteSize(0);
        var load = start(primary, rows);
        while (written.compareTo(enough) < 0 && System.nanoTime() < end && !primary.ranOutOfSpace()) {
            if (!load.isAlive()) {
                mustHaveSucceeded(load);
                Thread.sleep(PAUSE_BETWEEN_BURSTS_MILLISECONDS);
                load = start(primary, rows);
            }
            Thread.sleep(POLL_MILLISECONDS);
            written = writtenSince(start, primary).orElse(written);
        }
        return written;
    }

    private Process start(Primary primary, long rows) {
        var load = combination.load().start(folder, primary.port(), rows);
        undo.add(() -> Command.end(load, Load.SIGNAL));
        return load;
    }

    private void mustHaveSucceeded(Process load) throws IOException {
        if (load.exitValue() != 0) {
            throw new AssertionError("the load has failed:\n" + Files.readString(folder.resolve(Load.LOG)));
        }
    }

    /** Empty when the server cannot say it because it has no space left. */
    private static Optional<ByteSize> writtenSince(String start, Primary primary) throws IOException, SQLException {
        try {
            return Optional.of(
                    new ByteSize(Long.parseLong(primary.query("SELECT pg_current_wal_lsn() - '" + start + "'"))));
        } catch (SQLException e) {
            if (primary.ranOutOfSpace()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
