package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ReloadJobTest {
    private static final String STARTED = "SELECT pg_postmaster_start_time()";
    private static final String REVISION = "SHOW streamset.revision";
    private static final String MISTAKE = "revision second of the conf files has a mistake: not reloaded";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    @Test
    void reloadsEachNodeWhenTheFilesAreThereAndEndsWhenAllHaveReadThem() {
        primary.start();
        standby.initAndStart();
        primary.awaitStandby(standby);
        primary.ask("CREATE ROLE guest LOGIN PASSWORD 'welcome'");
        Await.until("the guest on the standby", () -> standby.accepts("guest", "welcome"));
        var started = List.of(primary.ask(STARTED), standby.ask(STARTED));

        pods.revision("second");
        var job = pods.job("reload.sh")
                .awaitSaying("waiting for the kubelet to bring revision second to db-0.db-svc")
                .awaitSaying("waiting for the kubelet to bring revision second to db-1.db-svc");
        assertEquals("first", standby.ask(REVISION));

        standby.hba("host all guest all reject").revision("second"); // the kubelets take different times
        job.awaitSaying("db-1.db-svc runs with revision second");
        assertFalse(standby.accepts("guest", "welcome"));
        assertTrue(primary.accepts("guest", "welcome"));
        assertEquals("first", primary.ask(REVISION));
        assertTrue(job.isRunning());

        primary.hba("host all guest all reject").revision("second");
        job.mustSucceed();
        assertFalse(primary.accepts("guest", "welcome"));
        assertEquals("second", primary.ask(REVISION));

        assertEquals(started, List.of(primary.ask(STARTED), standby.ask(STARTED)));
        primary.awaitStandby(standby);
        assertEquals(
                List.of(
                        "waiting for the kubelet to bring revision second to db-0.db-svc",
                        "waiting for the kubelet to bring revision second to db-1.db-svc",
                        "db-1.db-svc runs with revision second",
                        "db-0.db-svc runs with revision second"),
                job.said());
    }

    @Test
    void aServerThatReadTheFilesWhenItStartedIsLeftAlone() {
        var server = primary.start();
        standby.initAndStart();

        var reload = pods.job("reload.sh").mustSucceed();

        assertEquals(
                List.of("db-0.db-svc runs with revision first", "db-1.db-svc runs with revision first"), reload.said());
        assertFalse(server.output().contains("received SIGHUP"), server.output());
    }

    @Test
    void nobodyWaitsForANodeThatIsDeclaredLost() {
        primary.start();

        pods.lost(0, "1");
        pods.revision("second");
        primary.revision("second");
        var reload = pods.job("reload.sh").mustSucceed();

        assertTrue(reload.said().contains("db-1.db-svc is declared lost"), reload::output);
        assertTrue(reload.said().contains("db-0.db-svc runs with revision second"), reload::output);
        assertEquals("second", primary.ask(REVISION));
    }

    @Test
    void aMistakeInPgHbaConfStopsBeforeAnyServerReadsIt() {
        var server = primary.start();

        pods.revision("second");
        primary.hba("host all guest all scram-sha-256 open=sesame").revision("second");
        server.awaitSaying(MISTAKE);

        assertStops("line 8 of " + primary.etc.resolve("pg_hba.conf")
                + ": unrecognized authentication option name: \"open\"");
        assertFalse(server.output().contains("received SIGHUP"), server.output());
    }

    @Test
    void aMistakeInPostgresqlConfStopsBeforeAnyServerReadsIt() {
        var server = primary.start();

        pods.revision("second");
        primary.conf("work_mem = plenty").revision("second");
        server.awaitSaying(MISTAKE);

        var file = primary.etc.resolve("postgresql.conf");
        assertStops("line " + Machine.read(file).lines().count() + " of " + file
                + ": work_mem: setting could not be applied");
        assertFalse(server.output().contains("received SIGHUP"), server.output());
    }

    private void assertStops(String mistake) {
        var job = pods.job("reload.sh");
        assertEquals(1, job.exitCode(), job.output());
        assertEquals(
                List.of(
                        "db-0.db-svc cannot run with revision second: " + mistake,
                        "what to do: correct the file and deploy again:"
                                + " until then the servers run on with what they have, but none can start"),
                job.said());
    }

    @Test
    void aServerWhoseVolumeHasNotGrownYetKeepsTheOldWalSettings() {
        var server = primary.start();
        standby.initAndStart();
        var file = primary.data.toFile();
        long megabytes = file.getTotalSpace() >> 20;

        pods.revision("second", file.getTotalSpace() / 1024 + 1024);
        primary.conf("wal_keep_size = 200MB").revision("second");
        standby.conf("wal_keep_size = 200MB").revision("second");
        var small = "the WAL of revision second needs a file system of " + (megabytes + 1) + " MB, this one has "
                + megabytes + " MB";
        server.awaitSaying("waiting for the volume to grow: " + small);
        var job = pods.job("reload.sh")
                .awaitSaying("waiting for the volume of db-1.db-svc to grow: " + small
                        + "; what to do: docs/operations.md, Growing a volume");
        assertEquals("0", primary.ask("SHOW wal_keep_size"));
        assertTrue(job.isRunning());
        job.close();

        pods.revision("second", file.getTotalSpace() / 1024); // grown
        pods.job("reload.sh").mustSucceed();
        assertFalse(Files.exists(primary.run.resolve("streamset.waits")));
        assertEquals("200MB", primary.ask("SHOW wal_keep_size"));
        assertEquals("200MB", standby.ask("SHOW wal_keep_size"));
    }

    @Test
    void whatOnlyARestartCanChangeIsTold() {
        primary.start();
        standby.initAndStart();

        pods.revision("second");
        primary.conf("max_connections = 50\nwork_mem = 5MB").revision("second");
        standby.conf("max_connections = 50\nwork_mem = 5MB").revision("second");
        primary.awaitAnswer("SHOW work_mem", "5MB");
        standby.awaitAnswer("SHOW work_mem", "5MB");
        var job = pods.job("reload.sh");

        assertEquals(1, job.exitCode(), job.output());
        assertTrue(
                job.said()
                        .contains(
                                "db-0.db-svc runs with revision second, but these take effect only after a restart: max_connections"),
                job.output());
        assertEquals("100", primary.ask("SHOW max_connections"));
    }

    /** As its primary had a higher value when it started; it gets the declared one when it starts again. */
    @Test
    void aStandbyWithMoreConnectionsThanDeclaredIsNoFault() {
        primary.start();
        standby.conf("max_connections = 50").initAndStart();

        pods.revision("second");
        primary.conf("work_mem = 5MB").revision("second");
        standby.conf("max_connections = 50\nwork_mem = 5MB").revision("second");
        var job = pods.job("reload.sh");

        assertEquals(0, job.exitCode(), job.output());
        assertEquals("100", standby.ask("SHOW max_connections"));
        assertEquals("t", standby.ask("SELECT pending_restart FROM pg_settings WHERE name = 'max_connections'"));
    }

    @Test
    void aSettingThatSomebodyOverruledOnANodeIsTold() {
        primary.conf("work_mem = 5MB\njit = off").start();
        primary.ask("ALTER SYSTEM SET work_mem = '9MB'");
        primary.ask("SELECT pg_reload_conf()");
        primary.awaitAnswer("SHOW work_mem", "9MB");

        var job = pods.job("reload.sh");

        assertEquals(1, job.exitCode(), job.output());
        assertEquals(
                List.of(
                        "db-0.db-svc runs with revision first, but ALTER SYSTEM overrides it: work_mem",
                        "what to do: there: ALTER SYSTEM RESET <parameter>;"
                                + " the declared value then applies from the next reload"),
                job.said());
    }

    @Test
    void waitsForANodeThatDoesNotRun() {
        primary.start();
        var job = pods.job("reload.sh").awaitSaying("waiting for db-1.db-svc to accept connections");

        standby.initAndStart();
        job.mustSucceed();

        assertEquals(
                List.of(
                        "db-0.db-svc runs with revision first",
                        "waiting for db-1.db-svc to accept connections",
                        "db-1.db-svc runs with revision first"),
                job.said());
    }
}
