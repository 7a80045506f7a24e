package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class SlotsJobTest {
    private static final String SLOTS =
            "SELECT string_agg(slot_name, ' ' ORDER BY slot_name COLLATE \"C\") FROM pg_replication_slots";
    private static final String DONE = "every declared standby has its slot on db-0.db-svc";

    @AutoClose
    private final Pods pods = Pods.of(3);

    private final Pod primary = pods.get(0).withDataOfAPrimary();

    @Test
    void waitsForThePrimaryAndMakesASlotForEveryStandby() {
        var job = pods.job("slots.sh").awaitSaying("waiting for db-0.db-svc to accept connections");

        primary.start();
        job.mustSucceed();

        var said = job.said().stream()
                .filter(line -> !line.contains("authentication failed for user \"streamset\"")) // for a second or two
                .toList();
        assertEquals(
                List.of(
                        "waiting for db-0.db-svc to accept connections",
                        "slot db_1 created",
                        "slot db_2 created",
                        DONE),
                said);
        assertEquals("db_1 db_2", primary.ask(SLOTS));
        assertEquals("t", primary.ask("SELECT bool_and(wal_status = 'reserved') FROM pg_replication_slots"));
    }

    @Test
    void standbysThatStartedWithoutTheirSlotsThenStream() {
        var before = primary.start();
        pods.get(1).initAndStart().interrupt();
        pods.replicas(1);
        pods.job("slots.sh").mustSucceed();
        assertEquals("0", primary.ask("SELECT count(*) FROM pg_replication_slots"));
        before.interrupt();
        pods.replicas(3);
        var standby = pods.get(1).initAndStart(); // side by side with the primary, which is later
        primary.start();
        Await.until(
                "the standby misses its slot",
                () -> standby.output().contains("replication slot \"db_1\" does not exist"),
                standby::output);

        pods.job("slots.sh").mustSucceed();

        primary.awaitStandby(pods.get(1));
    }

    @Test
    void runAgainItChangesNothing() {
        primary.start();
        pods.get(1).initAndStart();
        primary.awaitStandby(pods.get(1));
        pods.job("slots.sh").mustSucceed();

        assertEquals(List.of(DONE), pods.job("slots.sh").mustSucceed().said());

        primary.awaitStandby(pods.get(1));
    }

    @Test
    void afterAScalingDownItDropsTheSlotsOfThePodsThatAreGoneWhenTheyAre() {
        primary.start();
        var first = pods.get(1).initAndStart();
        var second = pods.get(2).initAndStart();
        primary.awaitStandby(pods.get(1));
        primary.awaitStandby(pods.get(2));

        pods.replicas(1);
        var job = pods.job("slots.sh")
                .awaitSaying("waiting for slot db_1 to be released: no such standby is declared")
                .awaitSaying("waiting for slot db_2 to be released: no such standby is declared");
        second.interrupt();
        job.awaitSaying("slot db_2 dropped: no such standby is declared");
        assertEquals("db_1", primary.ask(SLOTS));
        assertTrue(job.isRunning());
        first.interrupt();
        job.mustSucceed();

        assertEquals(
                List.of(
                        "waiting for slot db_1 to be released: no such standby is declared",
                        "waiting for slot db_2 to be released: no such standby is declared",
                        "slot db_2 dropped: no such standby is declared",
                        "slot db_1 dropped: no such standby is declared",
                        DONE),
                job.said());
        assertEquals("0", primary.ask("SELECT count(*) FROM pg_replication_slots"));
    }

    @Test
    void itLeavesTheSlotsOfOthersAlone() {
        primary.conf("wal_level = logical\nmax_replication_slots = 20\n").start();
        primary.awaitNodeRole();
        var others = List.of("backup", "db", "db_", "db_03", "db_3_copy", "db_x", "mydb_3", "sfs_3");
        others.forEach(name -> primary.ask("SELECT pg_create_physical_replication_slot('" + name + "')"));
        primary.ask("SELECT pg_create_logical_replication_slot('db_4', 'pgoutput')");
        primary.ask("SELECT pg_create_physical_replication_slot('db_3')");
        primary.ask("SELECT pg_create_physical_replication_slot('db_998')");
        primary.ask("SELECT pg_create_physical_replication_slot('db_0')"); // its own, from a time as a standby

        var job = pods.job("slots.sh").mustSucceed();

        assertEquals(
                List.of(
                        "slot db_0 dropped: no such standby is declared",
                        "slot db_3 dropped: no such standby is declared",
                        "slot db_998 dropped: no such standby is declared",
                        "slot db_1 created",
                        "slot db_2 created",
                        DONE),
                job.said());
        assertEquals("backup db db_ db_03 db_1 db_2 db_3_copy db_4 db_x mydb_3 sfs_3", primary.ask(SLOTS));
    }

    @Test
    void aSlotThatHasLostItsWalIsMadeAnew() {
        primary.conf("wal_keep_size = 0\nmax_wal_size = 32MB\nmin_wal_size = 32MB\nmax_slot_wal_keep_size = 16MB\n")
                .start();
        pods.job("slots.sh").mustSucceed();
        for (int segment = 0; segment < 8; segment++) {
            primary.ask("SELECT pg_logical_emit_message(false, 'test', 'one more segment')");
            primary.ask("SELECT pg_switch_wal()");
        }
        primary.ask("CHECKPOINT");
        assertEquals("lost", primary.ask("SELECT DISTINCT wal_status FROM pg_replication_slots"));

        var job = pods.job("slots.sh").mustSucceed();

        assertEquals(
                List.of(
                        "slot db_1 dropped: it has lost WAL",
                        "slot db_2 dropped: it has lost WAL",
                        "slot db_1 created",
                        "slot db_2 created",
                        DONE),
                job.said());
        assertEquals("reserved", primary.ask("SELECT DISTINCT wal_status FROM pg_replication_slots"));
    }

    @Test
    void whatThePrimaryComplainsOfIsSaidOnceAndTriedAgain() {
        primary.conf("max_replication_slots = 2\n").start();
        primary.ask("SELECT pg_create_physical_replication_slot('backup')");
        var complaint = "waiting for db-0.db-svc: ERROR:  all replication slots are in use";
        var job = pods.job("slots.sh").awaitSaying(complaint);

        primary.ask("SELECT pg_drop_replication_slot('backup')");
        job.mustSucceed();

        assertEquals("db_1 db_2", primary.ask(SLOTS));
        assertEquals(1, job.said().stream().filter(complaint::equals).count());
    }

    /** Its node makes the function when it restarts with the scripts of this version. */
    @Test
    void withAServerOfAFormerVersionItWaitsOrDoesWithoutItsFunction() {
        var former = primary.start();
        primary.awaitNodeRole();
        primary.ask("DROP FUNCTION streamset.slots");
        primary.ask("COMMENT ON SCHEMA streamset IS 'of a former version'");
        var job = pods.job("slots.sh")
                .awaitSaying("waiting for db-0.db-svc:"
                        + " ERROR:  permission denied: the node has not made the function for slots yet");

        pods.replicas(2);
        assertEquals(
                List.of("slot db_1 created", DONE),
                pods.withServersOfAFormerVersion().job("slots.sh").mustSucceed().said());
        assertEquals("db_1", primary.ask(SLOTS));

        former.interrupt();
        primary.start();
        job.mustSucceed();
        assertEquals("db_1 db_2", primary.ask(SLOTS));
    }
}
