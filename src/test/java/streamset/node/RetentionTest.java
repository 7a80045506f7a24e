package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code keep}, which is 14 days here: what it lets go, and that what it promises can be restored. Backups are made older. */
@Tag("server")
class RetentionTest {
    private static final String ROWS = "SELECT string_agg(id::text, ',' ORDER BY id) FROM row";

    @AutoClose
    private final ArchivedPair pair = ArchivedPair.of(Programs.DEBIAN);

    private final Archiving archive = pair.archive().unencrypted();
    private final BackupAges ages = BackupAges.of(archive);
    private final Pod primary = pair.first();
    private Container server;
    private Container archiver;

    private void begin() {
        server = primary.initAndStart();
        archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        primary.ask("CREATE TABLE row (id int)");
    }

    /** Where the server writes then. */
    private String insert(int row) {
        primary.ask("INSERT INTO row VALUES (" + row + ")");
        var position = primary.ask("SELECT pg_current_wal_lsn()");
        primary.ask("SELECT pg_switch_wal()");
        return position;
    }

    private String backUp(String kind) {
        archive.job(primary, kind).mustSucceed();
        return archive.newestBackup();
    }

    private String currentSegment() {
        return primary.ask("SELECT pg_walfile_name(pg_current_wal_lsn())");
    }

    private void assertRestored(String type, String target, String rows) {
        archiver.requestEnd();
        server.interrupt();
        archiver.mustSucceed();
        pair.restore(primary, type, target);
        primary.initAndStart();
        assertEquals(rows, primary.ask(ROWS));
    }

    @Test
    void letsGoWhatIsNotNeededAndKeepsTheBackupFromWhichTheOldestPointIsRestored() {
        begin();
        var oldest = archive.newestBackup();
        insert(1);
        var first = currentSegment();
        var needed = backUp("full");
        var promised = insert(2);
        var itsChanges = backUp("incremental");
        insert(3);
        ages.age(oldest, 40);
        ages.age(needed, 20);
        ages.age(itsChanges, 13); // so that points between both are promised
        assertTrue(archive.segments().stream().anyMatch(segment -> segment.compareTo(first) < 0));

        var newest = backUp("full");
        assertEquals(List.of(needed, itsChanges, newest), archive.backups());
        assertEquals(
                List.of(),
                archive.segments().stream()
                        .filter(segment -> segment.compareTo(first) < 0)
                        .toList());
        archive.assertNoGap();
        archive.job(primary, "verify").mustSucceed();
        assertRestored("lsn", promised, "1,2");
    }

    @Test
    void neverLetsTheNewestGoAlsoAfterAGap() {
        begin();
        var only = archive.newestBackup();
        insert(1);
        ages.age(only, 400);
        var later = backUp("incremental");
        ages.age(later, 300);
        insert(2);
        insert(3);
        archiver.requestEnd();
        server.interrupt();
        archiver.mustSucceed();
        var lost = archive.segments().get(archive.segments().size() - 2);
        Machine.run("rm", archive.objectOf(lost).toString());
        Machine.run(
                "find",
                primary.data.resolve("pg_wal").toString(),
                "-name",
                lost + "*",
                "-delete"); // the server has it no more, too
        server = primary.initAndStart();
        archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "incremental");
        assertTrue(archiver.output().contains("the archive lacks WAL from " + lost.substring(8)), archiver.output());
        var mended = archive.newestBackup();
        assertEquals(List.of(only, later, mended), archive.backups());
        insert(4);
        assertRestored("latest", "", "1,2,3,4");
    }
}
