package streamset.faults;

import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import streamset.cluster.Command;
import streamset.cluster.Deployment;

/** A standby that lost its data against a plain pg_basebackup in the same pod onto the same volume, taking turns. */
record CloneBench(FaultCluster cluster) {
    /** Twice the data and the WAL must fit in. */
    static final String VOLUME = "4Gi";

    private static final int RUNS = 3;
    private static final int STANDBY = 2;
    private static final int PARTS = 22;
    private static final String PART = // 48 MB, which a standby does not fall behind for good with
            "INSERT INTO ballast SELECT i, repeat(md5(i::text), 30) FROM generate_series(1, 45000) AS i";
    private static final String FOLLOWED =
            "SELECT bool_and(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) < 1048576) FROM pg_stat_replication";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String PLAIN = """
            export PGPASSFILE=$PGDATA/replicator.passfile
            began=$(date +%s%3N)
            pg_basebackup -D "${PGDATA%/*}/plain" -X stream -c fast -w -d "host=$0 user=replicator" >/dev/null
            echo $(($(date +%s%3N) - began))
            rm -rf "${PGDATA%/*}/plain"
            """;

    static void makeVolumes() {
        var result = new Command(
                        List.of("testbed/volumes.sh"),
                        Map.of("TESTBED_VOLUMES", "3", "TESTBED_VOLUME_SIZE", VOLUME),
                        Duration.ofMinutes(1))
                .run();
        if (result.exitCode() != 0) {
            throw new AssertionError(result.output());
        }
    }

    void measure(Measures measures) throws SQLException {
        fill();
        var own = new ArrayList<Duration>();
        var plain = new ArrayList<Duration>();
        for (int run = 0; run < RUNS; run++) {
            own.add(own());
            new Health(cluster).await();
            plain.add(plain());
        }
        var ratio = (double) Measures.median(own).toMillis()
                / Measures.median(plain).toMillis();
        var size = cluster.tryAsk(cluster.declared().primary(), "SELECT pg_size_pretty(pg_database_size('postgres'))");
        measures.add("clone of " + size, own, "", "");
        measures.add("  plain pg_basebackup", plain, "", "");
        measures.add("  ratio of the medians", String.format(Locale.ROOT, "%.2f", ratio), "≤ 1.2", "");
    }

    private void fill() throws SQLException {
        cluster.primaryServer().row("CREATE TABLE ballast (id int, filler text)");
        for (int part = 0; part < PARTS; part++) {
            cluster.primaryServer().row(PART, LIMIT);
            cluster.awaitAnswer(cluster.declared().primary(), FOLLOWED, "t");
        }
    }

    /** From the start of the node scripts, which find an empty volume, until the data are there. */
    private Duration own() {
        var pod = cluster.processes(STANDBY);
        var data = cluster.volume(STANDBY).folder().resolve("pgdata");
        var scripts = pod.firstOfContainer().orElseThrow();
        Program.run("kill", "-STOP", Long.toString(scripts.pid())); // they would start the server again
        pod.server().orElseThrow().destroyForcibly(); // who would notice its end is stopped
        Program.run("rm", "-rf", data.toString());
        PodProcesses.kill(scripts);
        Waiting.untilTheMoment(
                "the container starts again",
                LIMIT,
                () -> pod.firstOfContainer().isPresent());
        var began = Instant.now();
        Waiting.untilTheMoment("the clone is there", LIMIT, () -> Files.exists(data.resolve("PG_VERSION")));
        return Duration.between(began, Instant.now());
    }

    private Duration plain() {
        var primary = Deployment.pod(cluster.declared().primary()) + ".postgresql-svc";
        var words =
                new String[] {"exec", Deployment.pod(STANDBY), "-c", "postgresql", "--", "bash", "-euc", PLAIN, primary
                };
        return Duration.ofMillis(Long.parseLong(cluster.deployment().kubectl(words)));
    }
}
