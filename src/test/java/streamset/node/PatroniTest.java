package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real Patroni between the scripts around it and a fake API server. */
@Tag("server")
class PatroniTest {
    private static final String COUNT = "SELECT count(*) FROM rows";
    private static final String GIVEN_BACK =
            "the former server here has ended with its lease, and the others have all that it wrote: the lease is given back"
                    + " for it";

    private final PatroniPods cluster = PatroniPods.of(3);

    @AfterEach
    void end() {
        cluster.close();
    }

    private void write(int ordinal) {
        cluster.get(ordinal).ask("CREATE TABLE IF NOT EXISTS rows (n int)");
        cluster.get(ordinal).ask("INSERT INTO rows VALUES (1)");
    }

    @Test
    void makesOneDatabaseOnTheDeclaredNodeAndClonesIt() {
        cluster.startAll();
        Await.until(
                "each pod has its role",
                () -> cluster.role(0).equals(Optional.of("primary"))
                        && cluster.role(1).equals(Optional.of("standby"))
                        && cluster.role(2).equals(Optional.of("standby")),
                () -> cluster.role(0) + " " + cluster.role(1) + " " + cluster.role(2));
        assertFalse(Files.exists(cluster.get(1).volume.resolve("pgdata.clone")));
    }

    @Test
    void clonesAnewWhenACloneWasInterrupted() {
        cluster.startTwo();
        var clone = cluster.get(2).volume.resolve("pgdata.clone");
        cluster.pods.program(
                "pg_basebackup", "#!/bin/sh\nmkdir " + clone + "\ntouch " + clone + "/PG_VERSION\nsleep 100\n");
        var half = cluster.initAndStart(2);
        Await.until("half a clone", () -> Files.exists(clone.resolve("PG_VERSION")), half::output);
        assertFalse(Files.exists(cluster.get(2).data));
        half.kill();
        cluster.pods.program(
                "pg_basebackup", "#!/bin/sh\nexec " + cluster.pods.programs().path("pg_basebackup") + " \"$@\"\n");
        cluster.initAndStart(2);
        cluster.get(0).awaitStandby(cluster.get(2));
        assertFalse(Files.exists(clone));
    }

    @Test
    void startsOnlyOneCloneWhenPatroniIsKilledDuringOne() {
        cluster.startTwo();
        var real = cluster.pods.programs().path("pg_basebackup");
        // the first one is slow, and has the name of the program, as it is a copy of sleep
        var slow = cluster.pods.folder().resolve("pg_basebackup");
        Machine.run("cp", "/usr/bin/sleep", slow.toString());
        cluster.pods.program("pg_basebackup", "#!/bin/sh\nexec " + slow + " 1000\n");
        var pod = cluster.initAndStart(2);
        Await.until(
                "the first clone",
                () -> ProcessHandle.allProcesses()
                        .anyMatch(process -> process.info().command().orElse("").equals(slow.toString())),
                pod::output);
        cluster.pods.program("pg_basebackup", "#!/bin/sh\nexec " + real + " \"$@\"\n");
        cluster.signalPatroni(2, "KILL");
        pod.awaitSaying("Patroni has ended with exit code 137: restarted");
        cluster.get(0).awaitStandby(cluster.get(2));
        assertFalse(
                ProcessHandle.allProcesses()
                        .anyMatch(process -> process.info().command().orElse("").equals(slow.toString())),
                "the first clone goes on");
    }

    @Test
    void letsAnotherNodeLeadWhenOneIsGoneAndTakesItsRoleLabel() {
        cluster.startAll();
        write(0);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.pods.latest(cluster.get(0)).kill();
        int leader = cluster.awaitOtherLeader(0);
        write(leader);
        Await.until(
                "the label is taken from the pod that is gone",
                () -> cluster.role(0).isEmpty(),
                () -> cluster.pods.latest(cluster.get(leader)).output());

        cluster.initAndStart(0); // with data that have gone another way, or not
        cluster.get(leader).awaitStandby(cluster.get(0));
        cluster.get(0).awaitAnswer(COUNT, "2");
        assertFalse(Files.exists(cluster.get(0).volume.resolve("pgdata.worthless")));
    }

    /** As when the pod is deleted by force: the API server does not know it any more. */
    @Test
    void givesTheLeaseBackThatAServerHasShutDownWith() {
        writeUntilNobodyLooks();
        cluster.shutDownServer(0);
        cluster.pods.latest(cluster.get(0)).kill();
        assertEquals(Optional.of("db-0"), cluster.leader());
        anotherGoesOn();
    }

    @Test
    void givesTheLeaseBackThatAServerWasKilledWith() {
        writeUntilNobodyLooks();
        cluster.pods.latest(cluster.get(0)).kill();
        assertEquals(Optional.of("db-0"), cluster.leader());
        anotherGoesOn();
    }

    private void anotherGoesOn() {
        var init = cluster.init(0).mustSucceed();
        assertTrue(init.said().contains(GIVEN_BACK), init::output);
        int leader = cluster.awaitOtherLeader(0);
        write(leader);

        cluster.start(0);
        cluster.get(leader).awaitStandby(cluster.get(0));
        cluster.get(0).awaitAnswer(COUNT, "2");
    }

    @Test
    void keepsTheLeaseWhileTheOthersLackWhatItsServerHasWritten() {
        writeUntilNobodyLooks();
        cluster.sendNothingMore(0);
        write(0);
        cluster.pods.latest(cluster.get(0)).kill();
        var init = cluster.init(0).mustSucceed();
        assertFalse(init.said().contains(GIVEN_BACK), init::output);

        cluster.start(0);
        cluster.awaitLeader(0);
        assertEquals("2", cluster.get(0).ask(COUNT));
    }

    /** The lease is longer than the test, and all have the row. */
    private void writeUntilNobodyLooks() {
        cluster.leaseSeconds(300);
        cluster.startAll();
        write(0);
        cluster.looksSeldom();
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.get(0).awaitStandby(cluster.get(2));
    }

    /** Patroni asks the server of its own pod for its timeline, by a connection that pg_hba.conf must let in. */
    @Test
    void rewindsAFormerPrimaryWhichWroteMoreThanItSent() {
        cluster.startAll();
        write(0);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.get(0).awaitStandby(cluster.get(2));
        cluster.sendNothingMore(0);
        write(0);
        cluster.get(0).ask("SELECT pg_switch_wal()");
        write(0);
        cluster.pods.latest(cluster.get(0)).kill();
        int leader = cluster.awaitOtherLeader(0);
        assertEquals("1", cluster.get(leader).ask(COUNT));

        cluster.initAndStart(0);
        cluster.get(leader).awaitStandby(cluster.get(0));
        cluster.get(0).awaitAnswer(COUNT, "1");
    }

    @Test
    void restartsAPatroniThatHangsWhileTheServerGoesOn() {
        cluster.startAll();
        write(0);
        var started = cluster.get(0).ask("SELECT pg_postmaster_start_time()");
        cluster.signalPatroni(0, "STOP");
        var first = cluster.pods.latest(cluster.get(0));
        first.awaitSaying("Patroni has not answered for 7 s: restarted, the server goes on");
        Await.until(
                "Patroni leads again",
                () -> first.output()
                                        .lines()
                                        .filter(line -> line.contains("the leader with the lock"))
                                        .count()
                                > 1
                        && cluster.answersAsLeader(0),
                first::output);
        write(0);
        assertEquals(started, cluster.get(0).ask("SELECT pg_postmaster_start_time()"));
    }

    @Test
    void endsAServerWhoseLeaseNobodyRenewsBeforeAnotherWrites() {
        cluster.startAll();
        write(0);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.pods.program("patroni", "#!/usr/bin/python3\nimport time\ntime.sleep(1000)\n"); // does not come back
        cluster.signalPatroni(0, "STOP");
        int leader = cluster.awaitOtherLeader(0);
        assertFalse(cluster.get(0).answers(), "two servers");
        cluster.pods
                .latest(cluster.get(0))
                .awaitSaying(
                        "the lease of this node is about to end, and Patroni has not renewed it: the server here ends"
                                + " before another one writes");
        assertEquals("1", cluster.get(leader).ask(COUNT));
    }

    @Test
    void startsAKilledServerWithoutWaitingForTheNextLook() {
        cluster.leaseSeconds(300);
        cluster.startAll();
        write(0);
        cluster.looksSeldom();
        cluster.killServer(0);
        cluster.get(0).awaitAnswer(COUNT, "1");
        write(0);
        assertEquals(Optional.of("db-0"), cluster.leader());
    }

    @Test
    void goesOnWritingWhileTheApiServerIsAway() throws InterruptedException {
        cluster.startAll();
        write(0);
        cluster.api.away(true);
        for (int second = 0; second < 40; second++) {
            write(0);
            Thread.sleep(1000);
        }
        cluster.api.away(false);
        assertEquals("41", cluster.get(0).ask(COUNT));
        assertEquals(Optional.of("db-0"), cluster.leader());
    }

    @Test
    void handsOverToTheWishedNode() {
        cluster.startAll();
        write(0);
        cluster.pods.primary(2);
        var job = cluster.job("switchover.sh");
        job.mustSucceed();
        assertTrue(job.said().contains("db-2.db-svc leads"), job::output);
        assertFalse(
                job.output().contains(" before the handover: "), job::output); // a checkpoint, and the end of the WAL
        cluster.awaitLeader(2);
        write(2);
        assertEquals("2", cluster.get(2).ask(COUNT));
        cluster.job("switchover.sh").mustSucceed();
    }

    @Test
    void handsOverToANodeThatHasRestartedAlready() {
        cluster.startAll();
        write(0);
        cluster.pods.revisionForPods("second", "9".repeat(10));
        cluster.pods.latest(cluster.get(2)).terminate();
        cluster.initAndStart(2);
        cluster.get(0).awaitStandby(cluster.get(2));
        cluster.awaitHealthy(2);
        var ending = cluster.pods.latest(cluster.get(0));
        ending.terminate();
        assertTrue(ending.said().contains("has handed over to db-2, which has restarted, and ends"), ending::output);
        cluster.awaitLeader(2);
    }

    @Test
    void adoptsConfFilesThatTheJobAnnounces() {
        for (int ordinal : cluster.all()) {
            cluster.pods.kubeletSleeps(cluster.get(ordinal));
        }
        cluster.startAll();
        cluster.pods.revision("second");
        var pod = cluster.get(0);
        var mounted = Machine.read(pod.conf.resolve("postgresql.conf"));
        pod.conf("work_mem = 5MB").revision("second");
        cluster.pods.confOfJobs(pod);
        Machine.write(pod.conf.resolve("postgresql.conf"), mounted);

        cluster.job("reload.sh").mustSucceed();

        for (int ordinal : cluster.all()) {
            assertEquals("5MB", cluster.get(ordinal).ask("SHOW work_mem"));
        }
    }

    @Test
    void databasesAreMadeOnWhicheverServerLeads() {
        for (int ordinal : cluster.all()) {
            cluster.get(ordinal).withDatabases();
        }
        cluster.startAll();
        cluster.pods.environment(Map.of("DATABASES", "database=it's\nowner=orders\nextension=citext"));
        cluster.pods.password("orders", "orders-secret");
        var job = cluster.job("databases.sh").mustSucceed();
        assertEquals(
                List.of(
                        "database it's is made, with all that is declared",
                        "all declared databases and their roles are there"),
                job.said());
        for (int ordinal : cluster.all()) {
            var pod = cluster.get(ordinal);
            Await.until(
                    "the database on pod " + ordinal,
                    () -> pod.ask("SELECT count(*) FROM pg_database WHERE datname = 'it''s'")
                            .equals("1"));
        }
    }

    @Test
    void aJobWaitsUntilEveryServerRunsInItsNewPod() {
        cluster.startAll();
        cluster.pods.revisionForPods(Pods.FIRST_REVISION, "fedcba9876543210");
        var job = cluster.pods.job("restarted.sh");
        for (int ordinal : cluster.all()) {
            job.awaitSaying("waiting for db-" + ordinal + ".db-svc to restart: its pod is of a former template");
        }
        for (int ordinal = 2; ordinal >= 0; ordinal--) {
            assertTrue(job.isRunning(), job::output);
            cluster.pods.latest(cluster.get(ordinal)).terminate();
            cluster.initAndStart(ordinal);
            job.awaitSaying("db-" + ordinal + ".db-svc runs in a pod of the declared template");
        }
        job.mustSucceed();
    }

    @Test
    void adoptsADeclaredClusterOnlyWithTheDataOfItsPrimary() {
        cluster.startDeclared();
        write(0);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.stopAll();

        var second = cluster.init(1);
        second.awaitSaying("waiting for all nodes: db-0 db-2 must answer before anybody leads for the first time");
        var third = cluster.init(2);
        var first = cluster.init(0);
        first.awaitSaying("the data here were the primary's, and no other node has more: this node leads first");
        first.mustSucceed();
        assertTrue(second.isRunning() && third.isRunning());
        cluster.start(0);
        cluster.awaitLeader(0);
        second.mustSucceed();
        third.mustSucceed();
        cluster.start(1);
        cluster.start(2);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.get(0).awaitStandby(cluster.get(2));
        cluster.get(2).awaitAnswer(COUNT, "1");

        backToDeclared();
        forthAgainAfterAnotherPrimary();
    }

    /** The declared node lacks what was written last, and the others start before the one that has it. */
    @Test
    void goesBackToAnotherPrimaryWithoutALoss() {
        cluster.startAll();
        write(0);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.pods.latest(cluster.get(1)).terminate();
        cluster.pods.latest(cluster.get(2)).terminate();
        write(0);
        cluster.pods.latest(cluster.get(0)).terminate();

        cluster.pods.primary(1);
        var declared = cluster.get(1).initAndStart();
        cluster.get(2).initAndStart();
        cluster.get(1).awaitAnswer(COUNT, "1");
        cluster.get(2).awaitAnswer(COUNT, "1");
        assertEquals("t", cluster.get(1).ask("SELECT pg_is_in_recovery()"), declared::output);

        var last = cluster.get(0).initAndStart();
        cluster.get(1).awaitAnswer("SELECT pg_is_in_recovery()", "f");
        assertEquals("2", cluster.get(1).ask(COUNT), last::output);
        cluster.get(1).awaitStandby(cluster.get(0));
        cluster.get(1).awaitStandby(cluster.get(2));
        Await.until(
                "it is settled who has what",
                () -> !Files.exists(cluster.get(1).data.resolve("streamset.unsettled")),
                declared::output);
    }

    /** A primary that others have gone on without comes back under the other engine, which declares it, and starts first. */
    @Test
    void doesNotWriteOnWhatOthersHaveGoneOnWithout() {
        cluster.startAll();
        write(0);
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.get(0).awaitStandby(cluster.get(2));
        cluster.pods.latest(cluster.get(0)).kill();
        int leader = cluster.awaitOtherLeader(0);
        write(leader);
        int third = 3 - leader;
        cluster.get(leader).awaitStandby(cluster.get(third));
        cluster.pods.latest(cluster.get(third)).terminate();
        cluster.pods.latest(cluster.get(leader)).terminate();

        var first = cluster.get(0).initAndStart();
        Await.until(
                "it waits for the others",
                () -> first.output().contains("Patroni ran on these data, and that node may have more"),
                first::output);
        assertEquals("t", cluster.get(0).ask("SELECT pg_is_in_recovery()"), first::output);
        cluster.get(leader).initAndStart();
        cluster.get(third).initAndStart();
        cluster.pods.primary(leader);
        cluster.get(leader).awaitAnswer("SELECT pg_is_in_recovery()", "f");
        assertEquals("2", cluster.get(leader).ask(COUNT));
    }

    private void backToDeclared() {
        cluster.stopAll();
        for (int ordinal : cluster.all()) {
            cluster.get(ordinal).initAndStart();
        }
        cluster.get(0).awaitAnswer("SELECT pg_is_in_recovery()", "f");
        cluster.get(0).awaitStandby(cluster.get(1));
        cluster.get(0).awaitStandby(cluster.get(2));
        write(0);
        assertEquals("2", cluster.get(0).ask(COUNT));
    }

    /** What Patroni remembers of its earlier time must not bring back the primary of that time. */
    private void forthAgainAfterAnotherPrimary() {
        cluster.pods.primary(1);
        cluster.get(1).awaitAnswer("SELECT pg_is_in_recovery()", "f");
        write(1);
        cluster.get(1).awaitStandby(cluster.get(0));
        cluster.get(1).awaitStandby(cluster.get(2));
        cluster.stopAll();
        cluster.startAll();
        cluster.awaitLeader(1);
        assertEquals("3", cluster.get(1).ask(COUNT));
    }
}
