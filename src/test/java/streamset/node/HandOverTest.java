package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another primary is declared while all or most nodes are there. */
@Tag("server")
class HandOverTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";

    @AutoClose
    private final Pods pods = Pods.of(3);

    private final Pod first = pods.get(0).withDataOfAPrimary();
    private final Pod second = pods.get(1);
    private final Pod third = pods.get(2);

    private Container startAll() {
        var server = first.initAndStart();
        first.ask("CREATE TABLE IF NOT EXISTS row (id int)");
        second.initAndStart();
        third.initAndStart();
        first.awaitStandby(second);
        first.awaitStandby(third);
        return server;
    }

    private void assertRowTravels(Pod from, Pod... to) {
        from.ask("INSERT INTO row SELECT 1 + count(*) FROM row");
        var count = from.ask("SELECT count(*) FROM row");
        for (Pod pod : to) {
            pod.awaitAnswer("SELECT count(*) FROM row", count);
        }
    }

    @Test
    void goesToTheDeclaredNodeAndTheOthersFollow() {
        var old = startAll();
        assertRowTravels(first, second, third);

        pods.primary(1);

        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        second.awaitStandby(third);
        assertRowTravels(second, first, third);
        assertEquals("t", first.ask(IS_STANDBY));
        assertTrue(
                old.said().containsAll(List.of("hands over to db-1.db-svc", "db-1.db-svc writes now")), old.output());
        assertEquals("db_0,db_2", second.ask("SELECT string_agg(slot_name, ',' ORDER BY 1) FROM pg_replication_slots"));
        first.awaitAnswer("SELECT count(*) FROM pg_replication_slots", "0");
    }

    @Test
    void goesBackAndRound() {
        startAll();
        for (int primary : new int[] {1, 2, 0, 1, 0}) {
            pods.primary(primary);
            var pod = pods.get(primary);
            pod.awaitAnswer(IS_STANDBY, "f");
            for (Pod other : List.of(first, second, third)) {
                if (other != pod) {
                    pod.awaitStandby(other);
                }
            }
        }
        assertRowTravels(first, second, third);
        assertEquals("6", first.ask("SELECT timeline_id FROM pg_control_checkpoint()"));
    }

    @Test
    void waitsForACandidateThatIsAway() {
        var old = first.initAndStart();
        first.ask("CREATE TABLE row (id int)");
        second.initAndStart().interrupt();

        pods.primary(1);
        old.awaitSaying("goes on writing until db-1.db-svc, which is declared primary, answers:"
                + " psql: error: connection to server at \"db-1.db-svc\" (127.0.1.2), port " + pods.port()
                + " failed: Connection refused");
        first.ask("INSERT INTO row VALUES (1)");

        second.initAndStart();
        second.awaitAnswer(IS_STANDBY, "f");
        assertEquals("1", second.ask("SELECT count(*) FROM row"));
        second.awaitStandby(first);
    }

    @Test
    void losesNothingThatTheOldPrimaryHadWhenItWasKilledFarAheadOfTheCandidate() {
        var old = first.initAndStart();
        first.ask("CREATE TABLE row (id int)");
        var candidate = second.initAndStart();
        first.awaitStandby(second);
        candidate.interrupt();
        first.ask("INSERT INTO row SELECT generate_series(1, 200000)");
        old.kill();

        pods.primary(1);
        var init = first.init().mustSucceed();
        assertEquals(
                List.of("was the primary, but db-1.db-svc is declared: read-only, to hand over to it"), init.said());
        var again = first.start();
        again.awaitSaying("waits until db-1.db-svc, which is declared primary, has replayed what it lacks");
        second.initAndStart();

        second.awaitAnswer(IS_STANDBY, "f");
        assertEquals("200000", second.ask("SELECT count(*) FROM row"));
        second.awaitStandby(first);
        assertFalse(again.output().contains("rewound"), again.output());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300, 600, 900, 1200, 1500})
    void endsInTheDeclaredStateWhenTheOldPrimaryIsKilledOnTheWay(int milliseconds) throws InterruptedException {
        var old = startAll();
        assertRowTravels(first, second);
        pods.primary(1);
        Thread.sleep(milliseconds);
        old.kill();

        first.initAndStart();

        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        second.awaitStandby(third);
        assertRowTravels(second, first, third);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 600, 1200})
    void endsInTheDeclaredStateWhenTheCandidateIsKilledOnTheWay(int milliseconds) throws InterruptedException {
        startAll();
        assertRowTravels(first, second);
        var before = pods.latest(second);
        pods.primary(1);
        Thread.sleep(milliseconds);
        before.kill();

        second.initAndStart();

        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        second.awaitStandby(third);
        assertRowTravels(second, first, third);
    }

    @Test
    void isTakenBackWhenTheCandidateIsGoneBeforeItWasTold() {
        startAll();
        var candidate = pods.latest(second);
        candidate.kill();
        pods.latest(first).kill();
        pods.primary(1);
        var old = first.initAndStart();
        assertEquals("t", first.ask(IS_STANDBY));

        pods.primary(0);

        old.awaitSaying("writes again");
        second.initAndStart();
        first.awaitStandby(second);
        first.awaitStandby(third);
        assertRowTravels(first, second, third);
    }

    @Test
    void isNotTakenForAWayOfItsOwnByStandbysWhoseNewPrimaryIsAway() throws InterruptedException {
        startAll();
        pods.primary(1);
        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        second.awaitStandby(third);
        assertRowTravels(second, first, third);
        pods.latest(second).kill();
        Thread.sleep(12_000); // longer than a standby's patience

        second.initAndStart();

        second.awaitStandby(first);
        second.awaitStandby(third);
        for (Pod pod : List.of(first, third)) {
            var log = pods.latest(pod).output();
            assertFalse(log.contains("discarded"), log);
        }
    }

    /** The new primary ended just when the slot was to be created there. */
    @Test
    void aNodeWhoseSlotWasNeverCreatedCreatesIt() {
        startAll();
        first.ask("""
                DO $$ BEGIN
                  LOOP BEGIN
                    PERFORM pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE slot_name = 'db_1';
                    PERFORM pg_drop_replication_slot('db_1');
                    RETURN;
                  EXCEPTION WHEN object_in_use THEN -- the standby was back sooner
                  END; END LOOP;
                END $$
                """);

        first.awaitStandby(second);
        assertRowTravels(first, second, third);
    }

    @Test
    void theJobTellsRunningServersAndEndsWhenTheDeclaredOneWrites() {
        startAll();
        pods.primary(1);

        var job = pods.job("handover.sh").mustSucceed();

        assertEquals("f", second.ask(IS_STANDBY));
        assertEquals("db-1.db-svc writes", job.said().get(job.said().size() - 1));
        assertTrue(job.said().contains("db-2.db-svc knows what is declared"), job.output());
    }

    @Test
    void waitsUntilTheServiceSelectsTheDeclaredOne() {
        pods.service(first);
        var old = startAll();
        pods.primary(1);

        var ready = pods.job("handover.sh", "ready").mustSucceed();

        assertEquals(
                "db-0.db-svc is ready to hand over to db-1.db-svc",
                ready.said().get(ready.said().size() - 1));
        old.awaitSaying("ready to hand over to db-1.db-svc: goes on writing until db-primary leads there");
        assertRowTravels(first, second, third);
        var writable = pods.job("handover.sh");

        pods.service(second);

        writable.mustSucceed();
        assertEquals("f", second.ask(IS_STANDBY));
        second.awaitStandby(first);
        assertFalse(Files.exists(first.run.resolve("streamset.ready")));
        assertRowTravels(second, first, third);
        assertFalse(old.output().contains("no longer waited for"), old.output());
    }

    /** Whose node has made no function for what Jobs ask. */
    @Test
    void aServerOfAFormerVersionIsAskedByTheSuperuserWhetherItIsReady() {
        pods.service(first);
        startAll();
        first.awaitNodeRole();
        first.ask("DROP FUNCTION streamset.ready");
        pods.primary(1);
        var asNode = pods.job("handover.sh", "ready");

        pods.withServersOfAFormerVersion().job("handover.sh", "ready").mustSucceed();

        assertTrue(asNode.isRunning(), asNode.output());
        pods.service(second);
        asNode.mustSucceed();
        assertEquals("db-1.db-svc writes", asNode.said().get(asNode.said().size() - 1));
    }

    /** The Job is no superuser, for whom the last connections are. */
    @Test
    void happensAlsoWhileClientsHaveTakenAllConnections() throws SQLException {
        pods.constant("actions/service.sh", "SERVICE_SECONDS", 3);
        pods.service(first);
        first.conf("max_connections = 20");
        startAll();
        first.ask("CREATE ROLE guest LOGIN PASSWORD 'guest-secret'");
        var clients = new ArrayList<Connection>();
        var refusal = assertThrows(SQLException.class, () -> {
            while (true) {
                clients.add(first.connect("guest", "guest-secret"));
            }
        });
        assertEquals("53300", refusal.getSQLState(), refusal.getMessage());
        pods.primary(1);

        pods.job("handover.sh", "ready").mustSucceed();

        for (Connection client : clients) {
            client.close();
        }
        second.awaitStandby(first);
        assertRowTravels(second, first, third);
    }

    /** What is left of it is written when it stops, while nobody else can write. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fillsMostOfItsLastSegmentBeforeWhereItArchives(boolean archives) {
        if (archives) {
            for (Pod pod : List.of(first, second, third)) {
                pod.archived(100);
            }
        }
        pods.service(first);
        var old = startAll();
        first.ask("SELECT pg_switch_wal()");
        pods.primary(1);
        old.awaitSaying("ready to hand over to db-1.db-svc: goes on writing until db-primary leads there");

        long quarters = Long.parseLong(first.ask(
                "SELECT (pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') % 16777216 * 4 / 16777216)::int"));

        assertEquals(archives ? 3 : 0, quarters);
        pods.service(second);
        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        second.awaitStandby(third);
        assertRowTravels(second, first, third);
    }

    @Test
    void doesNotWaitForEverForTheService() {
        pods.constant("actions/service.sh", "SERVICE_SECONDS", 3);
        pods.service(first);
        var old = startAll();

        pods.primary(1);

        old.awaitSaying("db-primary still leads to this node after 3 s: no longer waited for");
        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
    }

    @Test
    void isForgottenWhenTheOldPrimaryIsDeclaredAgain() {
        pods.service(first);
        var old = startAll();
        pods.primary(1);
        old.awaitSaying("ready to hand over to db-1.db-svc: goes on writing until db-primary leads there");

        pods.primary(0);

        Await.until("the file is gone", () -> !Files.exists(first.run.resolve("streamset.ready")));
        assertRowTravels(first, second, third);
    }

    /** A primary that an interrupted update has left ready for another declaration is no answer to this one. */
    @Test
    void theJobCountsOnlyWhoIsReadyForItsOwnDeclaration() throws InterruptedException {
        startAll();
        second.ask("SELECT pg_wal_replay_pause()");
        first.ask("INSERT INTO row SELECT generate_series(1, 400000)");
        pods.primary(1);
        pods.latest(first)
                .awaitSaying(
                        "goes on writing until db-1.db-svc, which is declared primary, has replayed what it lacks");
        var file = first.run.resolve("streamset.ready");
        Machine.write(file, "1 " + (pods.generation() - 1) + "\n");
        var job = pods.job("handover.sh", "ready");
        job.awaitSaying("waiting for the primary to hand over to db-1.db-svc");
        Thread.sleep(2000);
        assertTrue(job.isRunning(), job.output());

        Machine.write(file, "1 " + pods.generation() + "\n");

        job.mustSucceed();
    }
}
