package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class StandbyRestartTest {
    private static final String SENSITIVE = settings(60, 70, 12, 13, 9);
    private static final String LOWER = settings(30, 35, 6, 0, 8);
    private static final String HIGHER = settings(90, 95, 14, 15, 11);

    private static final String IN_EFFECT = "SELECT string_agg(format('%s = %s (%s)', name, setting, source), E'\\n'"
            + " ORDER BY name) FROM pg_settings WHERE name IN ('max_connections', 'max_locks_per_transaction',"
            + " 'max_prepared_transactions', 'max_wal_senders', 'max_worker_processes')";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    private static String settings(int connections, int locks, int senders, int prepared, int workers) {
        return "max_connections = " + connections + "\nmax_locks_per_transaction = " + locks
                + "\nmax_prepared_transactions = " + prepared + "\nmax_wal_senders = " + senders
                + "\nmax_worker_processes = " + workers + "\n";
    }

    private static String from(String source, String settings) {
        return settings.strip()
                .lines()
                .map(line -> line + " (" + source + ")")
                .reduce((a, b) -> a + "\n" + b)
                .get();
    }

    @Test
    void initKeepsTheDataAndTheServerStreamsAgain() {
        primary.start();
        var server = standby.initAndStart();
        primary.awaitStandby(standby);
        var system = standby.controlData("Database system identifier");
        var file = standby.identityOf("PG_VERSION");
        server.interrupt();
        primary.ask("CREATE TABLE meanwhile ()");

        var init = standby.init().mustSucceed();
        standby.start();

        assertEquals(List.of("standby of db-0.db-svc: data found"), init.said());
        assertEquals(system, standby.controlData("Database system identifier"));
        assertEquals(file, standby.identityOf("PG_VERSION"));
        primary.awaitStandby(standby);
        standby.awaitAnswer("SELECT to_regclass('meanwhile') IS NOT NULL", "t");
    }

    @Test
    void aKilledStandbyStreamsAgainWithTheSameData() {
        primary.start();
        var server = standby.initAndStart();
        primary.awaitStandby(standby);
        var file = standby.identityOf("PG_VERSION");
        server.kill();

        standby.initAndStart();

        assertEquals(file, standby.identityOf("PG_VERSION"));
        primary.awaitStandby(standby);
    }

    @Test
    void itStartsWithTheDeclaredPasswordAfterItMissedAChange() {
        primary.start();
        standby.initAndStart().interrupt();
        pods.password("replicator", "changed");
        pods.job("replicator.sh").mustSucceed();

        standby.initAndStart();

        primary.awaitStandby(standby);
    }

    @Test
    void itStartsBeforeThePrimaryAndFindsItLater() {
        var primaryServer = primary.start();
        standby.initAndStart().interrupt();
        primaryServer.interrupt();

        standby.initAndStart();
        assertEquals("t", standby.ask("SELECT pg_is_in_recovery()"));
        primary.initAndStart();

        primary.awaitStandby(standby);
    }

    @Test
    void loweredValuesDoNotStopAStandbyWhilePrimaryAndWalHaveHigherOnes() {
        primary.conf(SENSITIVE).start();
        standby.conf(SENSITIVE).initAndStart().interrupt();

        standby.conf(LOWER).initAndStart();

        primary.awaitStandby(standby);
        assertEquals(from("command line", SENSITIVE), standby.ask(IN_EFFECT));
    }

    @Test
    void loweredValuesHoldOnceThePrimaryRunsWithThem() {
        var before = primary.conf(SENSITIVE).start();
        var standbyBefore = standby.conf(SENSITIVE).initAndStart();
        before.interrupt();
        primary.conf(LOWER).initAndStart();
        primary.awaitStandby(standby);
        standby.awaitAnswer(
                "SELECT max_connections FROM (SELECT pg_wal_lsn_diff('" + primary.ask("SELECT pg_current_wal_lsn()")
                        + "', pg_last_wal_replay_lsn()) <= 0 AS max_connections) AS replayed",
                "t");
        standbyBefore.interrupt();

        standby.conf(LOWER).initAndStart();

        primary.awaitStandby(standby);
        assertEquals(from("configuration file", LOWER), standby.ask(IN_EFFECT));
    }

    /** It writes with what it has had since it started, and the former primary has less. */
    @Test
    void loweredValuesDoNotStopAFormerPrimaryThatFollowsAPodWithHigherOnes() {
        var before = primary.conf(SENSITIVE).start();
        pods.job("replicator.sh").mustSucceed();
        var promoted = standby.conf(SENSITIVE).initAndStart();
        primary.awaitStandby(standby);
        before.interrupt();
        var former = primary.conf(LOWER).initAndStart();
        primary.awaitStandby(standby);

        pods.primary(1);
        pods.job("handover.sh").mustSucceed();
        former.awaitSaying("replays no more: db-1.db-svc has more connections, or the like, than this server, which"
                + " restarts with as many");
        standby.awaitStandby(primary);
        assertEquals(from("command line", SENSITIVE), primary.ask(IN_EFFECT));

        pods.primary(0);
        pods.job("handover.sh").mustSucceed();
        promoted.awaitSaying("db-0.db-svc writes now");
        primary.awaitStandby(standby);
    }

    @Test
    void higherValuesAreTheConfFilesOwnAffair() {
        primary.conf(SENSITIVE).start();

        standby.conf(HIGHER).initAndStart();

        primary.awaitStandby(standby);
        assertEquals(from("configuration file", HIGHER), standby.ask(IN_EFFECT));
    }

    @Test
    void aPrimaryTakesLoweredValuesAtOnce() {
        primary.conf(SENSITIVE).start().interrupt();

        primary.conf(LOWER).initAndStart();

        assertEquals(from("configuration file", LOWER), primary.ask(IN_EFFECT));
    }
}
