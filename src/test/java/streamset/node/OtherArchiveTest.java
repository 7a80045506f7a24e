package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An update that names another archive, which the archivers read without a restart. */
@Tag("server")
class OtherArchiveTest {
    @AutoClose
    private final Pods pods = Pods.of(1);

    @AutoClose
    private final Archiving archive = Archiving.of(pods);

    private final Pod primary = pods.get(0).withDataOfAPrimary().archived(10);

    @Test
    void getsABaseBackupByItselfAndLeavesTheFormerOneAsItIs() {
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        var former = archive.backups();

        var conf = primary.folder().resolve("pgbackrest.conf");
        Machine.write(conf, Machine.read(conf).replace("repo1-path=/cluster\n", "repo1-path=/elsewhere\n"));
        archive.path("/elsewhere");
        Await.until("a base backup there", () -> archive.backups().size() == 1, archiver::output);

        primary.ask("SELECT pg_switch_wal()");
        primary.awaitAnswer("SELECT archived_count > 3 AND failed_count = 0 FROM pg_stat_archiver", "t");
        archive.job(primary, "verify").mustSucceed();
        archive.assertNoGap();
        assertEquals(former, archive.path("/cluster").backups());
    }
}
