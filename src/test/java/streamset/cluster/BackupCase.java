package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster that archives, and one that begins with what is in the archive, with whatever keeps the servers in their roles. Each test
 * goes on from the last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BackupCase {
    /** The image of 18 on the testbed lacks amcheck, with which a restored backup is read. */
    static final int MAJOR = 15;

    private static final String PASSPHRASE = "a passphrase of tests";

    private final List<String> settings;
    private final Deployment cluster;
    private final Deployment restored;

    private TestbedStore store;
    private Archive archive;
    private List<String> acknowledged;
    private String pointInTime;
    private int primary;

    /**
     * @param namespace of the cluster that archives; that of the other one follows from it
     * @param settings of both, beside those that all have
     */
    BackupCase(String namespace, String... settings) {
        this.settings = List.of(settings);
        cluster = deployment(namespace);
        restored = deployment(namespace + "-restored");
    }

    private Deployment deployment(String namespace) {
        var all = new ArrayList<>(settings);
        all.add("streamset:createNamespace=false"); // it has the Secrets already
        all.add("streamset:version=" + MAJOR);
        return new Deployment("dev", namespace, all.toArray(String[]::new));
    }

    final Deployment cluster() {
        return cluster;
    }

    final Archive archive() {
        return archive;
    }

    /** The ordinal of the server that writes. */
    final int primary() {
        return primary;
    }

    /** Another server writes from now on. */
    final void primary(int ordinal) {
        primary = ordinal;
    }

    @BeforeAll
    void startFromNothing() {
        Cluster.mustBeTheTestbed("run an S3 server");
        store = TestbedStore.start();
        store.prepare(cluster, PASSPHRASE);
        store.prepare(restored, PASSPHRASE);
        archive = Archive.of(store, cluster);
        cluster.apply(store.backupSettings(MAJOR).toArray(String[]::new));
        cluster.await(
                "the first base backup, which nobody asks for",
                () -> !archive.fullBackups().isEmpty());
        cluster.sql(primary, "CREATE TABLE written (id int GENERATED ALWAYS AS IDENTITY, phase text)");
    }

    @AfterAll
    void leaveNothing() {
        if (Cluster.isTestbed()) {
            cluster.remove();
            restored.remove();
            store.close();
        }
    }

    @Test
    @Order(1)
    void a_job_of_the_schedule_makes_a_base_backup_while_rows_are_written() {
        var before = archive.fullBackups();
        acknowledged = new ArrayList<>();
        var job = CompletableFuture.runAsync(() -> archive.run("full"));
        while (!job.isDone()) {
            acknowledged.addAll(write("before", 200));
        }
        job.join();
        pointInTime = cluster.sql(
                primary, "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'");
        write("after", 200);

        assertFalse(acknowledged.isEmpty());
        var made = new ArrayList<>(archive.fullBackups());
        made.removeAll(before);
        assertEquals(1, made.size(), () -> "made: " + made + ", before: " + before);
    }

    /** Inserts so many rows, each in a transaction of its own, and returns the numbers of those that are acknowledged. */
    private List<String> write(String phase, int rows) {
        var written = cluster.kubectlWithInput(
                ("INSERT INTO written (phase) VALUES ('" + phase + "') RETURNING id;\n").repeat(rows),
                "exec",
                "-i",
                Deployment.pod(primary),
                "-c",
                "postgresql",
                "--",
                "psql",
                "-XqAt",
                "-U",
                "postgres");
        var numbers = written.lines().filter(line -> !line.isBlank()).toList();
        assertEquals(rows, numbers.size(), written);
        return numbers;
    }

    @Test
    @Order(2)
    void wal_is_in_the_archive_soon_after_its_segment_is_finished() {
        var segment = cluster.sql(primary, "SELECT pg_walfile_name(pg_current_wal_lsn())");
        cluster.sql(primary, "SELECT pg_switch_wal()");
        cluster.await("segment " + segment + " in the archive", () -> archive.has(segment));
    }

    @Test
    @Order(3)
    void the_archive_is_found_sound() {
        var log = archive.run("verify");
        assertTrue(log.contains("the archive is sound, in "), log);
    }

    @Test
    @Order(4)
    void the_newest_backup_is_restored_and_read_beside_the_cluster() {
        var log = archive.run("restoretest");
        assertTrue(log.contains("restoretest: all is there, in "), log);
        assertEquals(
                "t",
                cluster.sql(
                        primary,
                        "SELECT succeeded IS NOT NULL AND fault IS NULL FROM streamset.archive WHERE task = 'restoretest'"));
    }

    @Test
    @Order(5)
    void a_new_cluster_begins_with_exactly_the_rows_of_a_point_in_time() {
        var settings = new ArrayList<>(store.backupSettings(MAJOR));
        settings.addAll(store.settings("streamset:restore.from"));
        settings.add("streamset:restore.from.path=" + archive.path());
        settings.add("streamset:restore.time=" + pointInTime);
        restored.apply(settings.toArray(String[]::new));

        assertEquals(
                acknowledged,
                restored.sql(0, "SELECT id FROM written ORDER BY id").lines().toList());
        restored.await(
                "an archive of its own",
                () -> !Archive.of(store, restored).segments().isEmpty());
    }
}
