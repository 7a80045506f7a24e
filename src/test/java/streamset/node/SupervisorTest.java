package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first process of the main container, and its server. */
@Tag("server")
class SupervisorTest {
    private static final String STARTED = "SELECT pg_postmaster_start_time()";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    @Test
    void startsAKilledServerAgainInTheSameContainer() {
        var container = primary.initAndStart();
        standby.initAndStart();
        primary.awaitStandby(standby);
        primary.ask("CREATE TABLE row (id int)");
        var started = primary.ask(STARTED);
        container.killServer();

        container.awaitSaying("the server has ended with exit code 137: restarted");
        Await.until("another server", () -> {
            try {
                return !started.equals(primary.ask(STARTED));
            } catch (AssertionError stillStarting) {
                return false;
            }
        });
        assertTrue(container.isRunning());
        primary.awaitStandby(standby);
        assertEquals("0", primary.ask("SELECT count(*) FROM row"));
    }

    @Test
    void leavesAServerThatCanNotStartToTheKubelet() {
        primary.conf("shared_buffers = plenty").init().mustSucceed();

        var container = primary.startWithoutWaiting();

        assertEquals(1, container.exitCode());
        assertEquals(List.of("the server has ended with exit code 1"), container.said());
    }

    @Test
    void leavesAServerThatIsKilledAgainAndAgainToTheKubelet() {
        var container = primary.initAndStart();
        for (int starts = 2; starts <= 4; starts++) {
            container.killServer();
            int expected = starts;
            Await.until(
                    "start " + starts,
                    () -> container.output().split("ready to accept", -1).length > expected,
                    container::output);
        }

        container.killServer();

        assertEquals(137, container.exitCode());
        assertEquals(
                "the server has ended with exit code 137",
                container.said().get(container.said().size() - 1));
    }

    @Test
    void looksAtTheDataWhenTheContainerAloneWasStartedAnew() {
        primary.initAndStart().kill();
        assertFalse(Files.exists(primary.volume.resolveSibling("tmp/prepared")));
        pods.primary(1);

        var again = primary.start();

        assertEquals(
                List.of("was the primary, but db-1.db-svc is declared: read-only, to hand over to it"),
                again.said().subList(0, 1));
        assertEquals("t", primary.ask("SELECT pg_is_in_recovery()"));
    }

    @Test
    void neverMakesADatabaseWhereTheDataAreGone() {
        primary.initAndStart();
        standby.initAndStart();
        primary.awaitStandby(standby);
        pods.latest(primary).kill();
        Machine.run("rm", "-r", primary.data.toString());

        var again = primary.startWithoutWaiting();

        assertEquals(1, again.exitCode(), again.output());
        assertEquals(
                "this volume is empty, but db-1.db-svc has a server: no new database is created beside a running cluster",
                again.said().get(0));
    }

    /** PostgreSQL itself would not notice: each of the two is alone in its namespaces. */
    @Test
    void neverRunsTwoServersOnOneVolume() {
        var earlier = primary.initAndStart();

        var init = primary.init().awaitSaying("waiting for an earlier server on this volume to end");
        assertTrue(init.isRunning());
        earlier.interrupt();

        init.mustSucceed();
        assertEquals("primary: data found", init.said().get(1));
    }

    @Test
    void countsAsStartedOnlyWhenAStandbyStreams() {
        var before = primary.initAndStart();
        standby.initAndStart();
        primary.awaitStandby(standby);
        assertEquals(0, standby.script("probes/started.sh").exitCode());
        assertEquals(0, primary.script("probes/started.sh").exitCode());

        before.interrupt();
        Await.until(
                "a standby that does not stream",
                () -> "0".equals(standby.ask("SELECT count(*) FROM pg_stat_wal_receiver")));
        assertEquals(1, standby.script("probes/started.sh").exitCode());
    }

    /** A rolling restart leaves the pod alone that is to take over, but not when that one never comes. */
    @Test
    void countsAsStartedOnlyWhenAFormerPrimaryHasHandedOverOrHasWaitedForItsCandidate() {
        var before = primary.initAndStart();
        var candidate = standby.initAndStart();
        primary.awaitStandby(standby);
        candidate.interrupt();
        before.interrupt();
        pods.primary(1);

        primary.initAndStart();
        assertEquals(1, primary.script("probes/started.sh").exitCode());
        Await.until(
                "the candidate is not waited for any more",
                () -> primary.script("probes/started.sh").exitCode() == 0);

        standby.initAndStart();
        standby.awaitStandby(primary);
        assertEquals(0, primary.script("probes/started.sh").exitCode());
    }
}
