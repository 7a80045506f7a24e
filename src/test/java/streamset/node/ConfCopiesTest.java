package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The conf files of a pod: which of those that the kubelet brings its server runs with. */
@Tag("server")
class ConfCopiesTest {
    private static final String OLD = "max_connections = 200\nwork_mem = 4MB\n";
    private static final String NEXT = "max_connections = 100\nwork_mem = 25MB\n";
    private static final String HOLDS =
            "SELECT current_setting('max_connections') || ' connections, ' || current_setting('work_mem')";
    private static final String HOLDS_OLD = "200 connections, 4MB";
    private static final String HOLDS_NEXT = "100 connections, 25MB";
    private static final String LEFT_ALONE =
            "revision second of the conf files is for another pod than this one: ignored until this pod is recreated";
    private static final String RELOADS = "SELECT pg_reload_conf()";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).conf(OLD).withDataOfAPrimary();
    private final Pod standby = pods.get(1).conf(OLD);

    private void startBoth() {
        primary.initAndStart();
        standby.initAndStart();
        primary.awaitStandby(standby);
    }

    private void deploysForOtherPods() {
        pods.revisionForPods("second", "fedcba9876543210");
        for (Pod pod : List.of(primary, standby)) {
            pod.conf(NEXT).revision("second");
        }
        for (Pod pod : List.of(primary, standby)) {
            pods.latest(pod).awaitSaying(LEFT_ALONE);
        }
    }

    private static void assertHolds(String values, Pod pod) {
        pod.awaitAnswer("SELECT 1", "1");
        assertEquals(values, pod.ask(HOLDS));
    }

    @Test
    void aRevisionForAnotherPodIsTakenOverByNoServerWhateverHappensUntilThePodIsMadeAnew() {
        startBoth();
        deploysForOtherPods();
        for (Pod pod : List.of(primary, standby)) {
            assertHolds(HOLDS_OLD, pod);

            var container = pods.latest(pod);
            pod.ask(RELOADS);
            Await.until("a reload", () -> container.output().contains("received SIGHUP"), container::output);
            assertHolds(HOLDS_OLD, pod);

            var started = pod.ask("SELECT pg_postmaster_start_time()");
            container.killServer();
            pod.awaitAnswer("SELECT pg_postmaster_start_time() > '" + started + "'", "t");
            assertHolds(HOLDS_OLD, pod);

            container.kill();
            pod.start();
            assertHolds(HOLDS_OLD, pod);
        }
        assertEquals(
                List.of(
                        "db-0.db-svc gets revision second with its restart",
                        "db-1.db-svc gets revision second with its restart"),
                pods.job("reload.sh").mustSucceed().said());

        pods.latest(primary).interrupt();
        primary.initAndStart();
        assertHolds(HOLDS_NEXT, primary);
        primary.awaitStandby(standby);
        var written = primary.ask("SELECT pg_current_wal_lsn()");
        standby.awaitAnswer("SELECT pg_last_wal_replay_lsn() >= '" + written + "'", "t");
        pods.latest(standby).interrupt();
        standby.initAndStart();
        assertHolds(HOLDS_NEXT, standby);
        assertEquals(
                List.of("db-0.db-svc runs with revision second", "db-1.db-svc runs with revision second"),
                pods.job("reload.sh").mustSucceed().said());
    }

    @Test
    void aRevisionForThisPodIsTakenOverWhileTheServerRuns() {
        startBoth();

        pods.revision("second");
        for (Pod pod : List.of(primary, standby)) {
            pod.conf(NEXT).revision("second");
        }

        for (Pod pod : List.of(primary, standby)) {
            pods.latest(pod).awaitSaying("reloaded with revision second of the conf files");
            pod.awaitAnswer(HOLDS, "200 connections, 25MB");
        }
        var job = pods.job("reload.sh"); // no restart is to come
        assertEquals(1, job.exitCode(), job.output());
        assertEquals(
                "db-0.db-svc runs with revision second, but these take effect only after a restart: max_connections",
                job.said().get(0));
    }

    /** The kubelet brings the conf files and what is declared of them one after the other. */
    @Test
    void filesThatCameBeforeTheirDeclarationAreNotTakenOver() throws InterruptedException {
        startBoth();

        primary.conf(NEXT).revision("second");
        Thread.sleep(2_500); // two looks

        assertHolds(HOLDS_OLD, primary);
    }

    /** A mistake that only shows when a server starts: what is corrected must reach a pod whose server cannot start. */
    @Test
    void aCorrectedRevisionIsTakenOverWhenTheServerCannotStartWithWhatIsThere() {
        primary.conf("shared_preload_libraries = 'no_such_library'").init().mustSucceed();
        assertEquals(1, primary.startWithoutWaiting().exitCode());

        pods.revision("second");
        primary.conf(OLD).revision("second");
        primary.start();

        assertHolds(HOLDS_OLD, primary);
        assertEquals("second", primary.ask("SHOW streamset.revision"));
    }
}
