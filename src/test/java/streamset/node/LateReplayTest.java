package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Standbys that replay late, as recovery_min_apply_delay says: what they have not replayed is in nobody's way. */
@Tag("server")
class LateReplayTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";
    private static final String DELAY = "SHOW recovery_min_apply_delay";

    private static Container startAll(Pods pods, String delay) {
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            pods.get(ordinal).conf("recovery_min_apply_delay = '" + delay + "'");
        }
        var server = pods.get(0).initAndStart();
        // a clone that carries a commit from after its end replays that late too, and connects only then
        pods.get(0).awaitNodeRole();
        pods.job("replicator.sh").mustSucceed();
        for (int ordinal = 1; ordinal < 3; ordinal++) {
            pods.get(ordinal).initAndStart();
            pods.get(0).awaitStandby(pods.get(ordinal));
            assertEquals(delay, pods.get(ordinal).ask(DELAY));
        }
        pods.get(0).ask("CREATE TABLE row (id int)");
        return server;
    }

    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void aHandOverDoesNotWaitForTheDelay(Programs programs) {
        try (var pods = Pods.of(3, programs)) {
            var delay = Duration.ofSeconds(15);
            startAll(pods, delay.toSeconds() + "s");
            var first = pods.get(0);
            var second = pods.get(1);

            pods.primary(1);
            var pause = Duration.ZERO;
            long last = System.nanoTime();
            int rows = 0;
            while (!writes(second) || rows == 0) {
                if (writes(first)) {
                    rows++;
                    pause = longer(pause, last);
                    last = System.nanoTime();
                }
            }
            pause = longer(pause, last);

            assertTrue(pause.compareTo(delay.dividedBy(2)) < 0, pause::toString);
            second.awaitStandby(first);
            second.awaitStandby(pods.get(2));
            second.awaitAnswer("SELECT count(*) FROM row", Integer.toString(rows + 1));
            for (int ordinal = 0; ordinal < 3; ordinal++) {
                pods.get(ordinal).awaitAnswer(DELAY, delay.toSeconds() + "s");
            }
        }
    }

    @Test
    void aHandOverThatTheDelayCannotBeTakenFromIsGivenUpWhileTheOldPrimaryWrites() {
        try (var pods = Pods.of(3)) {
            var old = startAll(pods, "0");
            var second = pods.get(1);
            second.ask("ALTER SYSTEM SET recovery_min_apply_delay = '90s'");
            second.ask("SELECT pg_reload_conf()");
            second.awaitAnswer(DELAY, "90s");

            pods.primary(1);
            var job = pods.job("handover.sh");

            assertEquals(1, job.exitCode(), job::output);
            var said = job.said();
            assertEquals(
                    List.of(
                            "waiting for db-1.db-svc to replay at once: recovery_min_apply_delay is 90s there",
                            "db-1.db-svc replays 90s late, although it is declared primary: nothing was handed over,"
                                    + " and the old primary goes on writing",
                            "what to do: kubectl exec db-1 -c postgresql -- psql -U postgres"
                                    + " -c 'ALTER SYSTEM RESET recovery_min_apply_delay' -c 'SELECT pg_reload_conf()';"
                                    + " then deploy again"),
                    said.subList(said.size() - 3, said.size()));
            old.awaitSaying("goes on writing until db-1.db-svc, which is declared primary, replays at once"
                    + " (recovery_min_apply_delay is 90s there)");
            assertTrue(writes(pods.get(0)));

            second.ask("ALTER SYSTEM RESET recovery_min_apply_delay");
            second.ask("SELECT pg_reload_conf()");
            second.awaitAnswer(IS_STANDBY, "f");
        }
    }

    @Test
    void aLostPrimaryIsReplacedWithoutWaitingForTheDelay() {
        try (var pods = Pods.of(3)) {
            var lost = startAll(pods, "1h");
            pods.get(0).ask("INSERT INTO row VALUES (1)");
            Await.until("the row is with both", () -> isWithBoth(pods.get(0)));
            lost.kill();
            pods.lost(1, "0");

            pods.job("handover.sh").mustSucceed();

            assertEquals("1", pods.get(1).ask("SELECT count(*) FROM row"));
            pods.get(1).awaitStandby(pods.get(2));
            pods.get(2).awaitAnswer(DELAY, "1h");
        }
    }

    private static boolean isWithBoth(Pod primary) {
        return primary.ask("SELECT count(*) FROM pg_stat_replication WHERE flush_lsn >= pg_current_wal_lsn()")
                .equals("2");
    }

    /** It first replays what it has, as late as it is to, and connects only then. */
    @Test
    void aStandbyThatStartsAgainCountsAsStarted() {
        try (var pods = Pods.of(3)) {
            startAll(pods, "1h");
            var second = pods.get(1);
            Await.until("the table is with both", () -> isWithBoth(pods.get(0)));
            pods.latest(second).interrupt();

            second.initAndStart();

            Await.until(
                    "it has started", () -> second.script("probes/started.sh").exitCode() == 0);
            assertEquals("t", second.ask("SELECT to_regclass('row') IS NULL"));
        }
    }

    private static boolean writes(Pod pod) {
        try (var connection = pod.connect("postgres", "postgres-secret");
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO row VALUES (1)");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static Duration longer(Duration pause, long since) {
        var other = Duration.ofNanos(System.nanoTime() - since);
        return other.compareTo(pause) > 0 ? other : pause;
    }
}
