package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The archive, or who brings WAL to it, is away: the server goes on, pg_wal keeps its bound, and nobody is silent about a gap. */
@Tag("server")
class BackupAwayTest {
    private static final int QUEUE = 4;

    @AutoClose
    private final Pods pods = Pods.of(2);

    @AutoClose
    private final Archiving archive = Archiving.of(pods);

    private final Pod primary = pods.get(0).withDataOfAPrimary().archived(QUEUE);
    private final Pod standby = pods.get(1).archived(QUEUE);
    private int tables;

    private void fill(int segments) {
        for (int segment = 0; segment < segments; segment++) {
            primary.ask("CREATE TABLE filled" + tables++ + " AS SELECT 1");
            primary.ask("SELECT pg_switch_wal()");
        }
    }

    private void awaitNothingWaits(Pod pod) {
        Await.until(
                "all is archived",
                () -> Archiving.waiting(pod) == 0,
                () -> pods.latest(pod).output());
    }

    /** The archive is away for so long that the server does not wait for it any more. Returns the archiver. */
    private Container outlastTheQueue(int more) {
        var server = primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        archive.store().stop();
        fill(QUEUE + 4);
        Await.until(
                "suspended",
                () -> server.output().contains("more than " + QUEUE + " files of WAL wait"),
                server::output);
        fill(more);
        Await.until("the server does not wait", () -> Archiving.waiting(primary) == 0, server::output);
        return archiver;
    }

    /** With the archive away for longer than the queue lasts, and pg_wal keeping what standbys may need. */
    @Test
    void bringsWhatPgWalStillHasWhenTheArchiveIsBack() {
        primary.conf(primary.archiveConf() + "\nwal_keep_size = 1GB");
        var archiver = outlastTheQueue(4);

        archive.store().start();
        archiver.awaitSaying("the archive has all WAL that is here: the server waits for it again");
        assertFalse(archiver.output().contains("lacks WAL"), archiver.output());
        fill(1);
        awaitNothingWaits(primary);
        archive.assertNoGap();
        assertEquals(1, archive.backups().size());
    }

    /** The same where pg_wal has recycled it. */
    @Test
    void tellsOfAGapAndMakesABaseBackup() {
        primary.conf(primary.archiveConf() + "\nwal_keep_size = 0\nmin_wal_size = 32MB\nmax_wal_size = 32MB");
        var archiver = outlastTheQueue(8);
        primary.ask("CHECKPOINT");
        primary.ask("CHECKPOINT");

        archive.store().start();
        archive.awaitBackup(archiver, "incremental");
        assertTrue(archiver.output().contains("the archive lacks WAL from "), archiver.output());
        assertEquals(2, archive.backups().size());
        primary.awaitAnswer(
                "SELECT count(*) FROM streamset.archive WHERE task IN ('wal', 'queue') AND failed IS NULL", "2");
        fill(1);
        awaitNothingWaits(primary);
    }

    @Test
    void theServerGoesOnWithoutTheArchiverAndEndsAtOnce() {
        var server = primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        archiver.kill();
        fill(2);
        assertEquals("1", primary.ask("SELECT 1"));
        assertTrue(Archiving.waiting(primary) > 0);
        var took = server.interrupt();
        assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, took.toString());

        primary.initAndStart();
        archive.archiver(primary);
        awaitNothingWaits(primary);
        archive.assertNoGap();
    }

    /** The pod ends: both containers are told at once. */
    @Test
    void aPodEndsAsFastWhileTheArchiveIsAway() {
        var server = primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        archive.store().freeze();
        fill(2);
        archiver.requestEnd();
        var took = server.interrupt();
        assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, took.toString());
        long start = System.nanoTime();
        assertEquals(0, archiver.exitCode());
        var rest = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(rest.compareTo(Duration.ofSeconds(9)) < 0, rest.toString());
        archive.store().thaw();

        primary.initAndStart();
        archive.archiver(primary);
        awaitNothingWaits(primary);
        archive.assertNoGap();
    }

    /** And where nothing is wrong, its last WAL is in the archive when it has ended. */
    @Test
    void theLastWalOfAPodIsArchived() {
        var server = primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        primary.ask("CREATE TABLE last AS SELECT 1");
        archiver.requestEnd();
        server.interrupt();
        archiver.mustSucceed();
        assertTrue(archiver.output().contains("ended: the archive has all WAL that is here"), archiver.output());
        archive.assertNoGap();
    }

    @Test
    void aPromotedNodeBringsWhatTheOldPrimaryDidNot() {
        primary.initAndStart();
        archive.awaitBackup(archive.archiver(primary), "full");
        var old = pods.latest(primary);
        standby.initAndStart();
        primary.awaitStandby(standby);
        var archiver = archive.archiver(standby);
        old.kill(); // its archiver
        fill(3);
        assertTrue(Archiving.waiting(primary) > 0);
        assertEquals(List.of(), archiver.said()); // beside a standby there is nothing to do
        pods.primary(1);
        standby.awaitAnswer("SELECT pg_is_in_recovery()", "f");
        archiver.awaitSaying("the server here writes: its WAL is archived");
        standby.ask("SELECT pg_switch_wal()");
        Await.until("history", () -> archive.objects().contains("00000002.history"), archiver::output);
        archive.assertNoGap();
        assertEquals(1, archive.backups().size());
    }

    /** Its first checkpoint is spread over minutes, and before it the control data have the former timeline. */
    @Test
    void aPromotedNodeMakesABaseBackupAtOnce() {
        primary.initAndStart();
        archive.awaitBackup(archive.archiver(primary), "full");
        standby.initAndStart();
        primary.awaitStandby(standby);
        primary.ask("CREATE TABLE large AS SELECT generate_series(1, 500000)");
        archive.archiver(standby);
        pods.primary(1);
        standby.awaitAnswer("SELECT pg_is_in_recovery()", "f");
        archive.job(standby, "full").mustSucceed();
        assertEquals(2, archive.backups().size());
    }

    /** Its last commits are in nobody's data any more then; whoever wants to see them can restore them from its own timeline. */
    @Test
    void aLostPrimaryBringsItsLastWalBeforeItIsRewound() {
        var server = primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        standby.initAndStart();
        var first = pods.latest(standby);
        primary.awaitStandby(standby);
        first.kill();
        archiver.kill();
        fill(3);
        var last = primary.ask("SELECT pg_walfile_name(pg_current_wal_lsn() - 1)");
        server.kill();
        standby.initAndStart();
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        assertFalse(archive.segments().contains(last));

        primary.init().mustSucceed();
        archive.archiver(primary);
        var returned = primary.start();
        returned.awaitSaying("rewound to where db-1.db-svc went on");
        assertTrue(archive.segments().contains(last), archive.segments().toString());
    }
}
