package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups where the real Patroni decides who writes: the real pgBackRest, a real S3 server, and a fake API server. */
@Tag("server")
class PatroniBackupTest {
    private static final int QUEUE = 100; // all waits, however slow this machine is
    private static final String ROWS = "SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM row";

    @AutoClose
    private final PatroniPods cluster = PatroniPods.of(3);

    @AutoClose
    private final Archiving archive = Archiving.of(cluster.pods);

    private final Container[] servers = new Container[3];
    private final Container[] archivers = new Container[3];

    private void startAll(String conf) {
        for (int ordinal : cluster.all()) {
            var pod = cluster.get(ordinal).archived(QUEUE);
            pod.conf(pod.archiveConf() + "\nrestore_command = 'bash "
                    + cluster.pods.folder().resolve("scripts/patroni/fetch.sh") + " %f \"%p\"'\n" + conf);
        }
        cluster.startAll();
        for (int ordinal : cluster.all()) {
            servers[ordinal] = cluster.pods.latest(cluster.get(ordinal));
            archivers[ordinal] = archive.archiver(cluster.get(ordinal));
        }
    }

    private void restart(int ordinal) {
        servers[ordinal] = cluster.initAndStart(ordinal);
        archivers[ordinal] = archive.archiver(cluster.get(ordinal));
    }

    private void end(int ordinal) {
        archivers[ordinal].requestEnd();
        servers[ordinal].terminate();
        archivers[ordinal].mustSucceed();
    }

    private Pod createTable() {
        archive.awaitBackup(archivers[0], "full");
        var leader = cluster.get(0);
        leader.ask("CREATE TABLE row (id int)");
        leader.ask("INSERT INTO row VALUES (1)");
        return leader;
    }

    @Test
    void archivesAndBacksUpWhicheverPodLeads() {
        startAll("");
        createTable();
        cluster.pods.primary(2);
        var job = cluster.job("switchover.sh").mustSucceed();
        assertFalse(job.output().contains(" before the handover: "), job::output); // the end of the WAL is filled
        cluster.awaitLeader(2);
        var leader = cluster.get(2);
        leader.ask("INSERT INTO row VALUES (2)");
        cluster.pods.primary(0); // a wish that nobody has acted on

        var asked = archive.job(leader, "incremental").mustSucceed();
        assertEquals("incremental: asked db-2.db-svc", asked.said().get(0));
        assertTrue(archive.newestBackup().endsWith("I"), archive.backups().toString());
        leader.ask("SELECT pg_switch_wal()");
        leader.awaitAnswer("SELECT archived_count > 0 FROM pg_stat_archiver", "t");
        Await.until("all is archived", () -> Archiving.waiting(leader) == 0, archivers[2]::output);
        archive.assertNoGap();

        var tested = archive.restoreTest(leader).mustSucceed(ArchivedPair.LIMIT);
        assertTrue(tested.output().contains("restoretest: all is there"), tested::output);
        assertEquals(
                "t",
                leader.ask("SELECT succeeded IS NOT NULL AND failed IS NULL FROM streamset.archive"
                        + " WHERE task = 'restoretest'"));
    }

    /** What only the old primary has goes to the archive before it is rewound. */
    @Test
    void archivesWhatARewindDiscards() {
        startAll("");
        var former = createTable();
        former.awaitStandby(cluster.get(1));
        former.awaitStandby(cluster.get(2));
        archivers[0].kill();
        cluster.sendNothingMore(0);
        former.ask("INSERT INTO row VALUES (2)");
        var alone = former.ask("SELECT pg_walfile_name(pg_current_wal_lsn())");
        former.ask("SELECT pg_switch_wal()");
        former.ask("INSERT INTO row VALUES (3)");
        servers[0].kill();
        int leader = cluster.awaitOtherLeader(0);
        assertEquals("1", cluster.get(leader).ask(ROWS));
        assertFalse(archive.segments().contains(alone), archive.segments().toString());

        restart(0);
        cluster.get(leader).awaitStandby(cluster.get(0));
        cluster.get(0).awaitAnswer(ROWS, "1");
        assertTrue(archive.segments().contains(alone), archive.segments() + servers[0].output());
    }

    @Test
    void restoresOnlyWhereNoPodHasData() {
        startAll("");
        var leader = createTable();
        archive.job(leader, "full").mustSucceed();
        for (int ordinal : List.of(2, 1, 0)) {
            end(ordinal);
        }
        for (int ordinal : cluster.all()) {
            Machine.run("rm", "-rf", cluster.get(ordinal).data.toString());
        }
        cluster.forgetEverything();

        var restored = restore(0);
        restored.awaitSaying("waiting until db-1.db-svc says that its volume is empty");
        for (int ordinal : List.of(1, 2)) {
            var other = restore(ordinal).mustSucceed();
            assertEquals(List.of("standby: clones from db-0.db-svc, nothing is restored here"), other.said());
        }
        var second = cluster.init(1);
        var third = cluster.init(2);
        restored.mustSucceed(ArchivedPair.LIMIT);
        archive.path("/restored");
        restart(0);
        cluster.awaitLeader(0);
        second.mustSucceed();
        third.mustSucceed();
        servers[1] = cluster.start(1);
        servers[2] = cluster.start(2);
        leader.awaitStandby(cluster.get(1));
        leader.awaitStandby(cluster.get(2));
        cluster.get(2).awaitAnswer(ROWS, "1");
        archive.awaitBackup(archivers[0], "full");

        clonesInsteadOfRestoringBesideOthers();
    }

    private void clonesInsteadOfRestoringBesideOthers() {
        end(0);
        int leader = cluster.awaitOtherLeader(0);
        cluster.get(leader).ask("INSERT INTO row VALUES (2)");
        Machine.run("rm", "-rf", cluster.get(0).data.toString());
        var container = restore(0).mustSucceed();
        assertTrue(
                container.said().get(0).endsWith(" has data of this cluster: nothing is restored beside them"),
                container::output);
        restart(0);
        cluster.get(leader).awaitStandby(cluster.get(0));
        cluster.get(0).awaitAnswer(ROWS, "1,2");
    }

    private Container restore(int ordinal) {
        var environment = new HashMap<>(cluster.rest());
        environment.put("RESTORE_TYPE", "latest");
        cluster.get(ordinal).recreated();
        return archive.run("patroni/restore.sh", cluster.get(ordinal), environment);
    }

    /** Patroni would keep it waiting for ever. */
    @Test
    void bringsBackTheWalThatAStandbyNeedsAndNoServerHasAnyMore() {
        cluster.pods.constant("patroni/fetch.sh", "PATIENCE_SECONDS", 8);
        cluster.dynamic("\"ttl\":20,\"loop_wait\":1,\"retry_timeout\":3,"
                + "\"postgresql\":{\"parameters\":{\"wal_keep_size\":\"16MB\"}}"); // otherwise Patroni has a
        // default of its own
        startAll(FetchTest.KEEPS_LITTLE);
        var leader = createTable();
        var standby = cluster.get(2);
        leader.awaitStandby(standby);
        end(2);
        var mark = standby.data.resolve("mark"); // a clone is another folder, without this file
        Machine.write(mark, "");
        leader.ask("INSERT INTO row VALUES (2)");
        var missing = leader.ask("SELECT pg_walfile_name(pg_current_wal_lsn())");
        for (int segment = 0; segment < 8; segment++) {
            leader.ask("SELECT pg_logical_emit_message(false, 'test', 'one more segment')");
            leader.ask("SELECT pg_switch_wal()");
        }
        Await.until("all is archived", () -> Archiving.waiting(leader) == 0, archivers[0]::output);
        leader.ask("CHECKPOINT"); // removes what is no longer needed
        leader.ask("CHECKPOINT");
        assertFalse(Files.exists(leader.data.resolve("pg_wal").resolve(missing)));
        leader.ask("INSERT INTO row VALUES (3)");

        restart(2);
        leader.awaitStandby(standby);
        standby.awaitAnswer(ROWS, "1,2,3");
        assertTrue(Files.exists(mark), servers[2].output());
        assertTrue(servers[2].output().contains("restored log file \"" + missing), servers[2].output());
    }
}
