package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A standby that was away for longer than the others keep WAL for it: the archive has what it needs, and it need not clone. */
@Tag("server")
class FetchTest {
    private static final int QUEUE = 100; // all waits, however slow this machine is
    static final String KEEPS_LITTLE =
            "\nwal_keep_size = 0\nmax_wal_size = 32MB\nmin_wal_size = 32MB\nmax_slot_wal_keep_size = 16MB";

    /** A cluster of two, whose standby is away and lacks WAL that the primary does not have any more. */
    private static final class Rig implements AutoCloseable {
        private final Pods pods;
        private final Archiving archive;
        private final Pod primary;
        private final Pod standby;
        private final Container archiver;
        private final String missing;
        private final Path mark; // a clone is another folder, without this file

        Rig(Pods pods) {
            this.pods = pods;
            archive = Archiving.of(pods);
            primary = pods.get(0).archived(QUEUE);
            primary.conf(primary.archiveConf() + KEEPS_LITTLE);
            standby = pods.get(1).archived(QUEUE);
            primary.initAndStart();
            pods.job("replicator.sh").mustSucceed();
            primary.awaitNodeRole();
            archiver = archive.archiver(primary);
            archive.awaitBackup(archiver, "full");
            var server = standby.initAndStart();
            primary.awaitStandby(standby);
            server.interrupt();
            mark = standby.data.resolve("mark");
            Machine.write(mark, "");
            primary.ask("CREATE TABLE before ()");
            missing = primary.ask("SELECT pg_walfile_name(pg_current_wal_lsn())");
            fill(8);
            assertFalse(Files.exists(primary.data.resolve("pg_wal").resolve(missing)));
            primary.ask("CREATE TABLE meanwhile ()");
        }

        private void fill(int segments) {
            for (int segment = 0; segment < segments; segment++) {
                primary.ask("SELECT pg_logical_emit_message(false, 'test', 'one more segment')");
                primary.ask("SELECT pg_switch_wal()");
            }
            Await.until("all is archived", () -> Archiving.waiting(primary) == 0, archiver::output);
            primary.ask("CHECKPOINT"); // removes what is no longer needed
            primary.ask("CHECKPOINT");
        }

        private void awaitAllThatWasWritten() {
            primary.awaitStandby(standby);
            standby.awaitAnswer("SELECT to_regclass('meanwhile') IS NOT NULL", "t");
        }

        @Override
        public void close() {
            archive.close();
            pods.close();
        }
    }

    @ParameterizedTest
    @MethodSource("streamset.node.RestoreTest#majors")
    void comesFromTheArchiveUntilTheStandbyStreams(Programs programs) {
        try (var rig = new Rig(Pods.of(2, programs))) {
            rig.archive.archiver(rig.standby);
            var server = rig.standby.initAndStart();

            rig.awaitAllThatWasWritten();
            server.awaitSaying("the archive had the WAL that was missing: streams again");
            assertTrue(Files.exists(rig.mark), server.output());
            assertFalse(server.output().contains("cloned again"), server.output());
            rig.standby.awaitAnswer("SHOW restore_command", "");
            assertEquals("t", rig.primary.ask("SELECT active FROM pg_replication_slots WHERE slot_name = 'db_1'"));
            assertTrue(
                    Machine.names(rig.standby.spool()).stream().noneMatch(name -> name.matches("(wanted|fetched).*")),
                    Machine.names(rig.standby.spool()).toString());
        }
    }

    /** Also where the pod is made anew meanwhile. */
    @Test
    void goesOnAfterARestart() {
        try (var rig = new Rig(Pods.of(2))) {
            var server = rig.standby.initAndStart();
            Await.until("it fetches", () -> server.output().contains("it is taken from the archive"), server::output);
            server.interrupt();

            rig.archive.archiver(rig.standby);
            var next = rig.standby.initAndStart();

            rig.awaitAllThatWasWritten();
            next.awaitSaying("the archive had the WAL that was missing: streams again");
            assertTrue(Files.exists(rig.mark), next.output());
        }
    }

    @Test
    void clonesWhereTheArchiveLacksItToo() {
        try (var rig = new Rig(Pods.of(2))) {
            Machine.run("rm", rig.archive.objectOf(rig.missing).toString());
            rig.archive.archiver(rig.standby);
            var server = rig.standby.initAndStart();

            rig.awaitAllThatWasWritten();
            assertTrue(server.output().contains("the archive does not have the WAL from "), server.output());
            assertTrue(server.output().contains(": cloned again"), server.output());
            assertFalse(Files.exists(rig.mark), server.output());
            rig.standby.awaitAnswer("SHOW restore_command", "");
        }
    }
}
