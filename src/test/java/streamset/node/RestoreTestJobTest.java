package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Job that restores the newest backup to see that it can be done: it succeeds only where all is there. */
@Tag("server")
class RestoreTestJobTest {
    private static final String RESULT = "SELECT coalesce(fault, 'none') || ', succeeded: ' || (succeeded IS NOT NULL)"
            + " FROM streamset.archive WHERE task = 'restoretest'";
    private static final int PAGE = 8192; // bytes

    @AutoClose
    private final Pods pods = Pods.of(1);

    @AutoClose
    private final Archiving archive = Archiving.of(pods);

    private final Pod primary = pods.get(0).withDataOfAPrimary().archived(10);

    @BeforeEach
    void archiveSomeRows() {
        primary.initAndStart();
        primary.ask("CREATE TABLE row AS SELECT id, id::text AS text FROM generate_series(1, 1000) AS id");
        primary.ask("CREATE INDEX ON row (text)");
        archive.awaitBackup(archive.archiver(primary), "full");
    }

    private void finishSegments(int count) {
        for (int segment = 0; segment < count; segment++) {
            primary.ask("INSERT INTO row SELECT " + segment);
            primary.ask("SELECT pg_switch_wal()");
        }
        primary.awaitAnswer("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'", "0");
    }

    private Container fails(String fault) {
        var job = archive.restoreTest(primary);
        assertEquals(1, job.exitCode(), job::output);
        assertTrue(job.output().contains(fault), job::output);
        var told = primary.ask(RESULT);
        assertTrue(told.contains(fault) && told.endsWith(", succeeded: false"), told);
        return job;
    }

    @Test
    void tellsThePrimaryThatAllIsThere() {
        primary.ask("CREATE DATABASE another");
        primary.ask("CREATE DATABASE closed ALLOW_CONNECTIONS false");
        finishSegments(2);
        var before = archive.store().objects();

        var job = archive.restoreTest(primary).mustSucceed();

        assertTrue(job.output().contains("restoretest: all is there, in "), job::output);
        assertTrue(job.output().contains(": 3 databases with "), job::output);
        assertEquals("none, succeeded: true", primary.ask(RESULT));
        assertEquals(before, archive.store().objects());
        assertEquals("0", primary.ask("SELECT count(*) FROM pg_stat_replication"));
    }

    /** A recovery ends there as if that were all. */
    @Test
    void findsThatWalIsMissing() {
        finishSegments(3);
        var segments = archive.segments();
        var lost = segments.get(segments.size() - 2);
        Machine.run("rm", archive.objectOf(lost).toString());
        fails("the archive has no WAL from " + lost.substring(8) + " to " + lost.substring(8));
    }

    @Test
    void findsWalThatIsNone() {
        finishSegments(3);
        var segments = archive.segments();
        Machine.run(
                "cp",
                archive.objectOf(segments.get(0)).toString(),
                archive.objectOf(segments.get(segments.size() - 1)).toString());
        fails("the recovery ended at 0/");
    }

    @Test
    void findsAPageThatWasDamagedWhereNobodyReadIt() throws IOException {
        primary.ask("CHECKPOINT");
        var file = primary.data.resolve(primary.ask("SELECT pg_relation_filepath('row')"));
        try (var table = new RandomAccessFile(file.toFile(), "rw")) {
            table.seek(PAGE + PAGE / 2);
            table.write(new byte[PAGE / 4]);
        }
        archive.job(primary, "full").mustSucceed();
        fails("the newest base backup cannot be restored: [026]: invalid page checksum(s) found in file ");
    }

    /** Sound as a file, and still wrong: queries by it miss rows. */
    @Test
    void findsAnIndexThatLacksRows() {
        primary.ask("CREATE FUNCTION shown(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'");
        primary.ask("CREATE INDEX shown ON row (public.shown(id))");
        primary.ask("CREATE OR REPLACE FUNCTION shown(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT -$1'");
        finishSegments(1);
        fails("what is restored is damaged: btree index \"postgres.public.shown\": ERROR: ");
    }

    @Test
    void saysThatThePassphraseIsAnother() {
        archive.secret("cipher-passphrase", "another");
        fails("the archive cannot be read: ");
    }

    @Test
    void refusesAnImageThatLacksThePrograms() {
        pods.environment(Map.of("POSTGRES_MAJOR", "18"));
        var job = fails("this image has PostgreSQL 15, and streamset:version is 18");
        assertTrue(job.output().contains("what to do: set another one in streamset:backup.image"), job::output);
    }
}
