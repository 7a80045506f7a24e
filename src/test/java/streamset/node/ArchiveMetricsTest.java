package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;

/** What metrics say of an archive: the real exporter beside a real server, the real pgBackRest and a real S3 server. */
@Tag("server")
class ArchiveMetricsTest {
    private static final int QUEUE = 10;

    @AutoClose
    private final Pods pods = Pods.of(2);

    @AutoClose
    private final Archiving archive = Archiving.of(pods);

    private final Pod primary = pods.get(0).withMetrics().withDataOfAPrimary().archived(QUEUE);

    private String metric(String name) {
        return "streamset_archive_" + name + "{server=\"" + primary.address + ":" + pods.port() + "\"}";
    }

    private String metric(String name, String task) {
        return metric(name).replace("}", ",task=\"" + task + "\"}");
    }

    private static void assertNow(double seconds) {
        double age = Instant.now().getEpochSecond() - seconds;
        assertTrue(age > -60 && age < 120, age + " s ago");
    }

    @Test
    void followTheArchive() {
        long start = Instant.now().getEpochSecond();
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        try (var exporter = Exporting.of(pods, primary).withArchive()) {
            exporter.await(metric("failing", "wal"), 0);
            exporter.await(metric("failing", "queue"), 0);
            assertNow(exporter.series().get(metric("success_seconds", "backup")));
            assertEquals(QUEUE, exporter.series().get(metric("queue_files_max")));
            exporter.await(metric("queue_files"), 0);
            assertEquals(0.0, exporter.series().get("pg_exporter_last_scrape_error"));
            var draft = StackDraft.minimal()
                    .with(
                            "backup",
                            "{\"bucket\":\"b12\",\"endpoint\":\"s3.example.org\",\"secretName\":\"s\",\"image\":\"i:18\"}");
            var panels = ProjectDraft.in(pods.folder()).spec(draft);
            LivePrometheus.awaitDashboard(
                    pods,
                    panels,
                    Map.of(panels.names().statefulSet() + "-0", exporter),
                    expression -> expression.contains("streamset_archive_"));

            // more is written than may wait, and pg_wal drops it
            archive.store().stop();
            for (int segment = 0; segment < QUEUE + 4; segment++) {
                primary.ask("CREATE TABLE filled" + segment + " AS SELECT 1");
                primary.ask("SELECT pg_switch_wal()");
            }
            exporter.await(metric("failing", "queue"), 1);
            assertNow(exporter.series().get(metric("failing_since_seconds", "queue")));
            archive.store().start();
            exporter.await(metric("failing", "queue"), 0);
            exporter.await(metric("failing", "wal"), 0);

            archive.restoreTest(primary).mustSucceed();
            exporter.await(metric("failing", "restoretest"), 0);
            assertTrue(exporter.series().get(metric("success_seconds", "restoretest")) >= start);
            archive.secret("cipher-passphrase", "another");
            assertEquals(1, archive.restoreTest(primary).exitCode());
            exporter.await(metric("failing", "restoretest"), 1);
        }
    }

    /** The new primary has the table with the WAL, and its archiver goes on with it. */
    @Test
    void outliveAHandover() {
        var standby = pods.get(1).withMetrics().archived(QUEUE);
        primary.initAndStart();
        pods.job("replicator.sh").mustSucceed();
        standby.initAndStart();
        primary.awaitStandby(standby);
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        archive.job(primary, "verify").mustSucceed();
        var verified = "SELECT succeeded IS NOT NULL FROM streamset.archive WHERE task = 'verify'";
        primary.awaitAnswer(verified, "t");
        standby.awaitAnswer(verified, "t");

        archive.archiver(standby);
        pods.primary(1);
        standby.awaitAnswer("SELECT pg_is_in_recovery()", "f");
        standby.awaitAnswer(
                "SELECT count(*) FROM streamset.archive WHERE task IN ('backup', 'verify') AND succeeded IS NOT NULL"
                        + " AND failed IS NULL",
                "2");
        try (var exporter = Exporting.of(pods, standby).withArchive()) {
            var server = "{server=\"" + standby.address + ":" + pods.port() + "\",task=\"verify\"}";
            exporter.await("streamset_archive_failing" + server, 0);
        }
    }
}
