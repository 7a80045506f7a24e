package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class SlotTest {
    private static final String SLOTS = "SELECT string_agg(concat_ws(' ', slot_name, slot_type,"
            + " CASE WHEN active THEN 'active' END, wal_status), ', ' ORDER BY slot_name) FROM pg_replication_slots";

    // two segments are the least of both; what a standby needs is then gone after a checkpoint, but for its slot
    private static final String KEEPS_NOTHING = "wal_keep_size = 0\nmax_wal_size = 32MB\nmin_wal_size = 32MB\n";
    private static final String KEEPS_LITTLE = KEEPS_NOTHING + "max_slot_wal_keep_size = 16MB\n";

    private static final String LOST =
            "slot db_1 has lost WAL that this node may need: it was away for more than max_slot_wal_keep_size";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    private void writeSegments(int count) {
        for (int segment = 0; segment < count; segment++) {
            primary.ask("SELECT pg_logical_emit_message(false, 'test', 'one more segment')");
            primary.ask("SELECT pg_switch_wal()");
        }
        primary.ask("CHECKPOINT"); // removes what is no longer needed
    }

    @Test
    void isMadeForTheCloneAndUsedByTheStandby() {
        primary.start();
        standby.initAndStart();
        primary.awaitStandby(standby);

        assertEquals("db_1 physical active reserved", primary.ask(SLOTS));
        assertEquals(
                "db-1",
                primary.ask("SELECT application_name FROM pg_stat_replication AS sender"
                        + " JOIN pg_replication_slots ON active_pid = sender.pid WHERE slot_name = 'db_1'"));
        assertEquals("db_1", standby.ask("SELECT slot_name FROM pg_stat_wal_receiver"));
    }

    @Test
    void keepsTheWalOfAStandbyThatIsAway() {
        primary.conf(KEEPS_NOTHING).start();
        var server = standby.initAndStart();
        primary.awaitStandby(standby);
        server.interrupt();
        primary.ask("CREATE TABLE before ()"); // at its very end, a file would still be the current one
        var next = primary.ask("SELECT pg_walfile_name(pg_current_wal_lsn())");

        writeSegments(8);
        primary.ask("CREATE TABLE meanwhile ()");

        assertTrue(Machine.names(primary.data.resolve("pg_wal")).contains(next));
        standby.initAndStart();
        primary.awaitStandby(standby);
        standby.awaitAnswer("SELECT to_regclass('meanwhile') IS NOT NULL", "t");
    }

    @Test
    void isMadeForDataThatHaveNone() {
        primary.start();
        standby.initAndStart().interrupt();
        primary.awaitAnswer(SLOTS, "db_1 physical reserved");
        primary.ask("SELECT pg_drop_replication_slot('db_1')");

        var init = standby.init().mustSucceed();
        standby.start();

        assertEquals(List.of("slot db_1 created on db-0.db-svc", "standby of db-0.db-svc: data found"), init.said());
        primary.awaitStandby(standby);
        assertEquals("db_1 physical active reserved", primary.ask(SLOTS));
    }

    @Test
    void isNamedAnewAtEveryStart() {
        primary.start();
        var server = standby.initAndStart();
        standby.ask("ALTER SYSTEM SET primary_slot_name = 'of_another_primary'");
        server.interrupt();

        standby.init().mustSucceed();

        var conf = Machine.read(standby.data.resolve("postgresql.auto.conf"));
        assertTrue(conf.contains("\nprimary_slot_name = 'db_1'\n"), conf);
        assertFalse(conf.contains("of_another_primary"), conf);
    }

    @Test
    void doesNotKeepAStandbyFromStartingWhenThePrimaryIsAway() {
        var before = primary.start();
        standby.initAndStart().interrupt();
        before.interrupt();

        var init = standby.init().mustSucceed();
        standby.start();

        assertEquals(
                List.of(
                        "slot db_1 stays as it is: db-0.db-svc does not accept connections",
                        "standby of db-0.db-svc: data found"),
                init.said());
        primary.start();
        primary.awaitStandby(standby);
    }

    @Test
    void doesNotKeepAStandbyFromStartingWhenThePrimaryIsFrozen() throws IOException {
        primary.start();
        standby.initAndStart().interrupt();
        try (var gate = Gate.to(primary, pods.port(), 30)) { // the beginning of one answer
            pods.redirect(primary, Gate.ADDRESS);

            assertEquals(
                    List.of(
                            "slot db_1 stays as it is: db-0.db-svc does not accept connections",
                            "standby of db-0.db-svc: data found"),
                    standby.init().mustSucceed().said());
            assertTrue(gate.isShut());
        }
    }

    @Test
    void doesNotKeepAStandbyFromStartingWhenThePrimaryRefuses() {
        pods.secretSleeps(primary); // or it takes the password soon
        primary.start();
        standby.initAndStart().interrupt();
        pods.password("replicator", "not yet told to the primary");

        assertEquals(
                List.of(
                        "slot db_1 stays as it is: psql: error: connection to server at \"db-0.db-svc\" (127.0.1.1),"
                                + " port " + pods.port()
                                + " failed: FATAL:  password authentication failed for user \"replicator\"",
                        "standby of db-0.db-svc: data found"),
                standby.init().mustSucceed().said());
    }

    @Test
    void isMadeAnewWhenItWasInvalidatedAndTheStandbyIsClonedAnewWhenItsWalIsGone() {
        primary.conf(KEEPS_LITTLE).start();
        standby.initAndStart().interrupt();
        writeSegments(8);
        primary.ask("CREATE TABLE meanwhile ()");
        assertEquals("db_1 physical lost", primary.ask(SLOTS));

        var init = standby.init().mustSucceed();
        assertEquals(
                List.of(LOST, "slot db_1 recreated on db-0.db-svc", "standby of db-0.db-svc: data found"), init.said());
        assertEquals("db_1 physical reserved", primary.ask(SLOTS));
        var server = standby.start().awaitSaying("standby of db-0.db-svc: clone ready");

        primary.awaitStandby(standby);
        standby.awaitAnswer("SELECT to_regclass('meanwhile') IS NOT NULL", "t");
        assertTrue(
                Pattern.compile("requested WAL segment \\w+ has already been removed")
                        .matcher(server.output())
                        .find(),
                server.output());
        assertTrue(
                server.said()
                        .get(0)
                        .matches("db-0.db-svc no longer has the WAL that this node needs from \\S+ on: cloned again"),
                server.output());
        assertEquals("db_1 physical active reserved", primary.ask(SLOTS));
    }

    @Test
    void ofAnEarlierLifeIsMadeAnewForAClone() {
        primary.conf(KEEPS_LITTLE).start();
        standby.initAndStart().interrupt();
        writeSegments(8);
        assertEquals("db_1 physical lost", primary.ask(SLOTS));
        Machine.run("rm", "-r", standby.data.toString());

        var init = standby.init().mustSucceed();
        standby.start();

        assertEquals(List.of("standby of db-0.db-svc: clone ready"), init.said());
        primary.awaitStandby(standby);
        assertEquals("db_1 physical active reserved", primary.ask(SLOTS));
    }

    @Test
    void thatIsStillInUseIsWaitedForByAClone() throws IOException {
        primary.start();
        standby.initAndStart().interrupt();
        Machine.run("rm", "-r", standby.data.toString());
        var earlier = receiver();
        try {
            primary.awaitAnswer(SLOTS, "db_1 physical active reserved");
            var init = standby.init()
                    .awaitSaying("waiting to clone from db-0.db-svc: ERROR:  55006: replication slot \"db_1\""
                            + " is active for PID "
                            + primary.ask("SELECT active_pid FROM pg_replication_slots"));
            earlier.destroy();

            init.mustSucceed();
            assertEquals("standby of db-0.db-svc: clone ready", init.said().get(1));
        } finally {
            earlier.destroyForcibly();
        }
        standby.start();
        primary.awaitStandby(standby);
    }

    /** Stands for the connection of an earlier pod that the primary has not noticed to be dead. */
    private Process receiver() throws IOException {
        var folder = standby.volume.resolveSibling("receiver");
        Machine.run("mkdir", folder.toString());
        var receiver = new ProcessBuilder(
                        Programs.DEBIAN.path("pg_receivewal"),
                        "--slot=db_1",
                        "--directory=" + folder,
                        "--dbname=host=" + primary.address + " port=" + pods.port() + " user=replicator")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("receiver.log").toFile());
        receiver.environment().put("PGPASSWORD", pods.password("replicator"));
        return receiver.start();
    }
}
