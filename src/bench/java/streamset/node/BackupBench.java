package streamset.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.plan.Table;

/**
 * How fast a large database is backed up and restored by a cluster, and how fast by hand, taking turns; and whether archiving
 * keeps up with a server that writes as fast as it can; and how fast its WAL is recovered. Not a test: {@code make bench-backup} starts it.
 */
@Tag("bench")
class BackupBench {
    private static final int SCALE = 60; // of pgbench: 0.9 GB
    private static final int TURNS = 5;
    private static final int SECONDS = 40; // of writing
    private static final int QUEUE = 1000; // segments: more than are written, so that all are counted

    @AutoClose
    private final Pods pods = Pods.of(1);

    @AutoClose
    private final Archiving archive = Archiving.of(pods);

    private final Pod primary = pods.get(0).withDataOfAPrimary().archived(QUEUE);
    private final ByHand byHand = ByHand.of(pods, archive, primary);
    private final List<List<String>> rows = new ArrayList<>(List.of(List.of("what", "measured")));

    @Test
    void measures() {
        primary.conf(primary.archiveConf() + "\nshared_buffers = 256MB\nmax_wal_size = 1GB\nfsync = on");
        var server = primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        pgbench("-i", "-q", "-s", Integer.toString(SCALE));
        awaitNothingWaits();
        write();
        awaitNothingWaits();
        var end = primary.ask("SELECT pg_switch_wal()");
        long written = Long.parseLong(primary.ask("SELECT ('" + end + "'::pg_lsn - '0/0')::bigint / 1048576"));
        long megabytes = Long.parseLong(primary.ask("SELECT pg_database_size('postgres') / 1048576"));
        compare(
                "base backup of " + megabytes + " MB",
                megabytes,
                () -> archive.job(primary, "full").mustSucceed(ArchivedPair.LIMIT),
                byHand::backup);
        archiver.requestEnd();
        server.interrupt();
        archiver.mustSucceed();
        compare(
                "restore of " + megabytes + " MB",
                megabytes,
                () -> archive.restore(primary, "latest", "").mustSucceed(ArchivedPair.LIMIT),
                byHand::restore);
        recover(end, written);
        System.out.print("\n" + Table.text(rows));
    }

    private void pgbench(String... options) {
        var words = new ArrayList<>(List.of(
                "env",
                "PGPASSWORD=" + pods.password("postgres"),
                Programs.DEBIAN.path("pgbench"),
                "-h",
                primary.address,
                "-p",
                Integer.toString(pods.port()),
                "-U",
                "postgres"));
        words.addAll(List.of(options));
        words.add("postgres");
        add("pgbench " + String.join(" ", options), last(Machine.runWithin(600, words.toArray(String[]::new))));
    }

    private static String last(String output) {
        return output.substring(output.lastIndexOf('\n') + 1);
    }

    private void write() {
        var before = primary.ask("SELECT pg_current_wal_lsn()");
        try (var watch = new WaitingWatch(primary)) {
            pgbench("-c", "4", "-j", "2", "-n", "-T", Integer.toString(SECONDS));
            add(
                    "  WAL; segments that waited at most",
                    primary.ask("SELECT pg_size_pretty(pg_current_wal_lsn() - '" + before + "')") + "; "
                            + watch.most());
        }
    }

    private void awaitNothingWaits() {
        Await.until("all is archived", () -> Archiving.waiting(primary) == 0);
    }

    private void compare(String what, long megabytes, Runnable own, Runnable hand) {
        var ofOwn = new ArrayList<Duration>();
        var ofHand = new ArrayList<Duration>();
        for (int turn = 0; turn < TURNS; turn++) {
            ofOwn.add(timed(own));
            ofHand.add(timed(hand));
        }
        add(what, words(ofOwn, megabytes));
        add("  by hand", words(ofHand, megabytes));
        double ratio = (double) median(ofHand).toMillis() / median(ofOwn).toMillis();
        add("  throughput against by hand", String.format(Locale.ROOT, "%.2f", ratio));
    }

    /** From the first base backup, which is of an empty database, so that nearly all of the time goes into WAL. */
    private void recover(String position, long megabytes) {
        var durations = new ArrayList<Duration>();
        for (int turn = 0; turn < TURNS; turn++) {
            durations.add(timed(() -> archive.restore(primary, "lsn", position).mustSucceed(ArchivedPair.LIMIT)));
        }
        add("recovery of " + megabytes + " MB of WAL", words(durations, megabytes));
    }

    private Duration timed(Runnable action) {
        if (!primary.answers()) {
            Machine.run("rm", "-rf", primary.data.toString()); // a restore begins with nothing
        }
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private static String words(List<Duration> durations, long megabytes) {
        var all = durations.stream().map(duration -> seconds(duration) + " s").toList();
        double perSecond = megabytes * 1000.0 / median(durations).toMillis();
        return String.join(", ", all) + String.format(Locale.ROOT, "; median %.0f MB/s", perSecond);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    private void add(String what, String measured) {
        rows.add(List.of(what, measured));
        System.out.print(Table.text(List.of(List.of(what, measured))));
    }
}
