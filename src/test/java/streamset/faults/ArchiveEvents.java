package streamset.faults;

import java.time.Duration;
import java.time.Instant;

/** What happens to the archive, or to what brings WAL to it, while the cluster goes on. */
record ArchiveEvents(BackupCluster cluster) {
    private static final int SOME = 3; // segments
    private static final Duration BETWEEN_SEGMENTS = Duration.ofSeconds(15); // of a store that is away for long
    private static final Duration SECRET = Duration.ofMinutes(3); // until the kubelet has brought it
    private static final String GAP = "the archive lacks WAL";
    private static final String ALL = "it writes on; then all is archived";

    BackupFault scheduledBackup() {
        return BackupFault.of("full backup by its CronJob, while rows are written", "one base backup more", () -> {
            long before = cluster.archive().backups();
            var said = cluster.archive().run("full");
            mustBe("base backups", before + 1, cluster.archive().backups());
            return lastLine(said);
        });
    }

    BackupFault archiverKilled() {
        return BackupFault.of("archiver killed", "it starts again; then all is archived", () -> {
            var pod = cluster.faults().processes(cluster.faults().primary());
            var old = pod.firstRunning("archiver.sh").orElseThrow();
            PodProcesses.kill(old);
            var began = Instant.now();
            cluster.finishSegments(SOME);
            cluster.awaitAllArchived();
            pod.firstRunning("archiver.sh").orElseThrow();
            return "in the archive " + since(began) + " later";
        });
    }

    BackupFault away(Duration time) {
        return BackupFault.of("S3 server away for " + time.toSeconds() + " s", ALL + ", or a gap is told", () -> {
            long gaps = told(GAP);
            cluster.store().leave();
            var end = Instant.now().plus(time);
            try {
                cluster.finishSegments(SOME);
                while (Instant.now().isBefore(end)) {
                    Waiting.pause(min(BETWEEN_SEGMENTS, Duration.between(Instant.now(), end)));
                }
            } finally {
                cluster.store().comeBack();
            }
            return caughtUp(gaps);
        });
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    BackupFault awayForMoreThanTheQueue() {
        return BackupFault.of(
                "S3 server away until more than " + cluster.queue() + " segments wait",
                "the server does not wait any more; then all that pg_wal has comes, or the gap is told",
                () -> {
                    var faults = cluster.faults();
                    long gaps = told(GAP);
                    cluster.store().leave();
                    try {
                        Waiting.until("the server does not wait", Limits.HEALTHY, () -> {
                            cluster.finishSegments(1);
                            return faults.log(faults.primary()).contains("the server does not wait any more");
                        });
                        cluster.finishSegments(SOME);
                    } finally {
                        cluster.store().comeBack();
                    }
                    return caughtUp(gaps);
                });
    }

    private long told(String text) {
        return told(cluster.faults().primary(), text);
    }

    private long told(int ordinal, String text) {
        return cluster.archiverSays(ordinal)
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    BackupFault slow() {
        return BackupFault.of("S3 server slow: 100 kB/s for each connection", ALL, () -> {
            var log = FaultCluster.folder(cluster.faults().namespace()).resolve("slow.log");
            var began = Instant.now();
            var slow = SlowStore.begin(cluster.store(), log);
            try {
                cluster.finishSegments(2 * SOME);
                cluster.awaitAllArchived();
            } finally {
                slow.end();
            }
            return 2 * SOME + " segments in the archive after " + since(began);
        });
    }

    BackupFault wrongKey() {
        return BackupFault.of("a wrong key in the Secret, then the right one", ALL + ", without a restart", () -> {
            var deployment = cluster.deployment();
            long gaps = told(GAP);
            long refusals = told("is not archived: ");
            cluster.store().wrongKey(deployment, BackupCluster.PASSPHRASE);
            try {
                Waiting.until(
                        "the archiver says that it is refused",
                        SECRET,
                        () -> {
                            cluster.finishSegments(1);
                            return told("is not archived: ") > refusals;
                        },
                        () -> "\n" + cluster.archiverSays(cluster.faults().primary()));
            } finally {
                cluster.store().rightKey(deployment, BackupCluster.PASSPHRASE);
            }
            return caughtUp(gaps);
        });
    }

    /** An object with the content of another one, and where its own is kept. */
    record Damaged(String file, String whole) {
        void repair() {
            Program.run("cp", whole, file);
        }
    }

    Damaged damage() {
        cluster.finishSegments(SOME);
        cluster.awaitAllArchived();
        var segments = cluster.archive().segments();
        var file = cluster.store().file(segments.get(segments.size() - 2)).toString();
        var other = cluster.store().file(segments.get(segments.size() - 1)).toString();
        var whole = FaultCluster.folder(cluster.faults().namespace()) + "/whole";
        Program.run("cp", file, whole);
        Program.run("cp", other, file); // sound, but another one's
        return new Damaged(file, whole);
    }

    BackupFault damagedObject() {
        return BackupFault.of("a damaged object", "verify names it, and is content when it is whole again", () -> {
            var damaged = damage();
            var job = cluster.archive().begin("verify");
            try { // it is tried again and again, so nobody waits for its end
                Waiting.until(
                        "the damaged object is found",
                        Limits.HEALTHY,
                        () -> cluster.archive().log(job).contains("invalid checksum"),
                        () -> "\n" + cluster.archive().log(job));
            } finally {
                damaged.repair();
                cluster.deployment().kubectl("delete", "job", job);
            }
            return "found; then: " + lastLine(cluster.archive().run("verify"));
        });
    }

    BackupFault handOver(int to) {
        return BackupFault.of("handover with the S3 server gone, and WAL waiting", "it does not wait for it", () -> {
            long gaps = told(to, GAP);
            cluster.store().leave();
            String took;
            try {
                cluster.finishSegments(SOME);
                var began = Instant.now();
                new HandOverEvents(cluster.faults()).to(to).action().happen();
                took = since(began);
            } finally {
                cluster.store().comeBack();
            }
            return "deployed after " + took + "; " + caughtUp(gaps);
        });
    }

    BackupFault standbyAway(int standby) {
        var walGone = new StorageEvents(cluster.faults()).walGone(standby);
        return BackupFault.of(walGone.what(), "it takes what it lacks from the archive; cloned only at a gap", () -> {
            long gaps = told(GAP);
            walGone.action().happen();
            Waiting.until(
                    "the standby has what it lacked",
                    Limits.HEALTHY,
                    () -> hasFetched(standby) || cluster.faults().log(standby).contains(": cloned again"),
                    () -> "\n" + cluster.faults().log(standby));
            new Health(cluster.faults()).await();
            if (!hasFetched(standby) && told(GAP) == gaps) {
                throw new AssertionError(
                        "cloned, and there is no gap:\n" + cluster.faults().log(standby));
            }
            return (hasFetched(standby) ? "from the archive; " : "cloned, at a gap; ") + caughtUp(gaps);
        });
    }

    private boolean hasFetched(int standby) {
        return cluster.faults().log(standby).contains("the archive had the WAL that was missing: streams again");
    }

    /** @param gaps that were told before */
    private String caughtUp(long gaps) {
        var began = Instant.now();
        cluster.awaitAllArchived();
        var seen = "all in the archive after " + since(began);
        return told(GAP) > gaps ? "a gap was told; from its end on " + seen : seen;
    }

    static String since(Instant began) {
        return Outcome.seconds(Duration.between(began, Instant.now()));
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1).replaceFirst("^\\d\\d:\\d\\d:\\d\\d ", "");
    }

    private static void mustBe(String what, long expected, long seen) {
        if (expected != seen) {
            throw new AssertionError(what + ": " + seen + ", not " + expected);
        }
    }
}
