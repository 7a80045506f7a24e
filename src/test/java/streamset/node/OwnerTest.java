package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An archive belongs to one cluster, also where another one has the same system identifier. */
@Tag("server")
class OwnerTest {
    private static final String MARK = "streamset.owner";
    private static final String READY = "the server here writes: its WAL is archived";
    private static final String FAULT = "SELECT coalesce(fault, '') FROM streamset.archive WHERE task = 'wal'";

    @AutoClose
    private final ArchivedPair pair = ArchivedPair.of(Programs.DEBIAN);

    private final Archiving archive = pair.archive();
    private final Pod first = pair.first();
    private final Pod second = pair.second();
    private Container server;

    private Container begin() {
        server = first.initAndStart();
        pair.pods().job("replicator.sh").mustSucceed();
        var archiver = archive.archiver(first);
        archive.awaitBackup(archiver, "full");
        return archiver;
    }

    private void endAll(Container archiver) {
        archiver.requestEnd();
        server.interrupt();
        archiver.mustSucceed();
    }

    private Container archiverOf(String cluster) {
        return archive.run("backup/archiver.sh", first, Map.of("ARCHIVE_OWNER", cluster));
    }

    private List<String> marks() {
        return archive.objects().stream().filter(MARK::equals).toList();
    }

    private Path restoration(Pod pod) {
        return pod.data.resolve("streamset.restored");
    }

    @Test
    void aRestoredClusterLeavesTheArchiveAloneThatItCameFrom() {
        endAll(begin());
        pair.restore(first, "latest", "");
        var before = archive.store().objects();
        server = first.initAndStart();
        var archiver = archive.archiver(first);
        var restored =
                "shop/db, restoration " + Machine.read(restoration(first)).strip();
        var fact = "the archive in wal/cluster is that of another cluster, shop/db, and this one is " + restored
                + ": nothing is archived, and no base backup is made";
        archiver.awaitSaying(fact);
        archiver.awaitSaying("what to do: give this cluster a path of its own: pulumi config set --path"
                + " streamset:backup.path /cluster-2 && pulumi up; if the archive is this cluster's, and no other one writes"
                + " to it any more: kubectl -n shop exec db-0 -c archiver -- bash "
                + pair.pods().folder().resolve("scripts/backup/takeover.sh"));
        first.ask("SELECT pg_switch_wal()");
        first.awaitAnswer(FAULT, fact);
        Await.until("the server hears of it", () -> server.output().contains("is not archived yet: "), server::output);
        assertEquals(before, archive.store().objects());
        assertEquals(1, archiver.output().split("another cluster", -1).length - 1, archiver.output());

        var conf = first.folder().resolve("pgbackrest.conf");
        Machine.write(conf, Machine.read(conf).replace("repo1-path=/cluster\n", "repo1-path=/cluster-2\n"));
        archiver.awaitSaying("the archive is marked as that of " + restored);
        archive.awaitBackup(archiver, "full");
        first.awaitAnswer(FAULT, "");
        assertEquals(
                before,
                archive.store().objects().stream()
                        .filter(name -> name.startsWith("cluster/"))
                        .toList());
    }

    @Test
    void aCloneThatWritesLaterIsOfTheSameCluster() {
        endAll(begin());
        pair.restore(first, "latest", "");
        archive.path("/restored");
        var archiver = begin();
        second.initAndStart();
        first.awaitStandby(second);
        assertEquals(Machine.read(restoration(first)), Machine.read(restoration(second)));
        var other = archive.archiver(second);
        pair.pods().primary(1);
        pair.pods().job("handover.sh").mustSucceed();
        other.awaitSaying(READY);
        second.ask("SELECT pg_switch_wal()");
        second.awaitAnswer("SELECT archived_count > 0 FROM pg_stat_archiver", "t");
        archive.job(second, "incremental").mustSucceed();
        archive.assertNoGap();
        assertEquals(List.of(MARK), marks());
        archiver.kill();
        var verified = archive.job(second, "verify").mustSucceed();
        assertTrue(verified.output().contains(" verify: the archive is sound, in "), verified::output);
    }

    @Test
    void anArchiveWithoutAMarkGetsOneAndAStoreThatIsAwayIsNone() {
        var former = begin();
        assertEquals(List.of(MARK), marks());
        former.kill();
        var object = archive.store().objects().stream()
                .filter(name -> name.endsWith("/" + MARK))
                .findFirst()
                .orElseThrow();
        Machine.run("rm", archive.store().bucket().resolve(object).toString());
        archive.store().stop();
        first.ask("SELECT pg_switch_wal()");
        var archiver = archive.archiver(first);
        Await.until("trouble", () -> archiver.output().contains("unable to connect"), archiver::output);
        assertEquals(List.of(), marks());
        archive.store().start();
        archiver.awaitSaying("the archive is marked as that of shop/db");
        archiver.awaitSaying(READY);
        archive.assertNoGap();
        assertEquals(List.of(MARK), marks());
        assertEquals(1, archive.backups().size());
    }

    @Test
    void somebodyWhoKnowsGivesTheArchiveToAnotherCluster() {
        var former = begin();
        archive.run("backup/takeover.sh", first, Map.of("ARCHIVE_OWNER", "moved/db"))
                .mustSucceed();
        var refused = archive.job(first, "full");
        assertEquals(1, refused.exitCode());
        assertTrue(
                refused.output().contains("full: the archive in wal/cluster is that of another cluster, moved/db"),
                refused.output());
        assertEquals(1, archive.backups().size());
        former.kill();

        var moved = archiverOf("moved/db").awaitSaying(READY);
        first.ask("SELECT pg_switch_wal()");
        first.awaitAnswer("SELECT archived_count > 2 FROM pg_stat_archiver", "t");
        moved.kill();
        var stranger = archiverOf("copy/db");
        Await.until("refused", () -> stranger.output().contains("moved/db, and this one is copy/db"), stranger::output);
        var said = archive.run("backup/takeover.sh", first, Map.of("ARCHIVE_OWNER", "copy/db"))
                .mustSucceed()
                .said();
        assertEquals(List.of("the archive is that of copy/db now; before, it was that of moved/db"), said);
        stranger.awaitSaying(READY);
        archive.assertNoGap();
    }
}
