package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("server")
class WalVolumeTest {
    private static final long HALF_A_CLONE_BYTES = 8 << 20; // an empty cluster has more than 20 MB

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    private static void assertWalIsOnItsVolume(Pod pod) throws IOException {
        assertEquals(pod.wal, Files.readSymbolicLink(pod.data.resolve("pg_wal")));
        assertEquals(List.of("pgdata"), Machine.names(pod.volume));
        assertEquals(List.of("lost+found", "pg_wal"), Machine.names(pod.walVolume));
        assertTrue(Machine.names(pod.wal).contains("archive_status"));
    }

    private static void assertStopsSaying(Container init, String... said) {
        assertEquals(1, init.exitCode(), init.output());
        assertEquals(List.of(said), init.said());
    }

    @Test
    void aNewDatabaseHasItsWalThere() throws IOException {
        var init = primary.withWalVolume().init().mustSucceed();
        primary.start();

        assertEquals(
                List.of(
                        "primary: no data here, no server elsewhere; creating a new database",
                        "primary: new database ready"),
                init.said());
        assertWalIsOnItsVolume(primary);
        assertTrue(Machine.names(primary.wal).contains(primary.ask("SELECT pg_walfile_name(pg_current_wal_lsn())")));
    }

    @Test
    void aCloneHasItsWalThereAndStreams() throws IOException {
        primary.withDataOfAPrimary().start();

        var init = standby.withWalVolume().init().mustSucceed();
        standby.start();

        assertEquals(List.of("standby of db-0.db-svc: clone ready"), init.said());
        assertWalIsOnItsVolume(standby);
        primary.awaitStandby(standby);
    }

    @Test
    void aCloneOfAPrimaryThatHasSuchAVolumeNeedsNoneItself() {
        primary.withWalVolume().initAndStart();
        pods.job("replicator.sh").mustSucceed();

        standby.initAndStart();

        primary.awaitStandby(standby);
        assertTrue(Files.isDirectory(standby.data.resolve("pg_wal"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void dataAndWalStayTogetherOverRestarts() throws IOException {
        primary.withWalVolume().initAndStart().interrupt();
        var before = Files.getAttribute(primary.wal, "unix:ino");

        var init = primary.init().mustSucceed();

        assertEquals(List.of("primary: data found"), init.said());
        assertEquals(before, Files.getAttribute(primary.wal, "unix:ino"));
        primary.start();
    }

    @ParameterizedTest
    @EnumSource
    void aCloneInTheMiddleIsMadeAnew(InterruptedInitTest.End end) throws IOException {
        primary.withDataOfAPrimary().start();
        standby.withWalVolume();
        try (var gate = Gate.to(primary, pods.port(), HALF_A_CLONE_BYTES)) {
            pods.redirect(primary, Gate.ADDRESS);
            var init = standby.init();
            Await.until(
                    "half a clone",
                    () -> gate.isShut() && Files.exists(standby.volume.resolve("pgdata.clone/base")),
                    init::output);
            end.of(init);
        }
        assertEquals(List.of("pgdata.clone"), Machine.names(standby.volume));
        assertEquals(List.of("lost+found", "pg_wal.new"), Machine.names(standby.walVolume));

        pods.redirect(primary, primary.address);
        standby.initAndStart();

        assertWalIsOnItsVolume(standby);
        primary.awaitStandby(standby);
    }

    @Test
    void aCloneCanBeLostAtAnyStep() throws IOException {
        primary.withDataOfAPrimary().start();
        standby.withWalVolume();
        var steps = Steps.of(pods, standby.volume.resolveSibling("steps"));
        int step = 4; // the first after the base backup
        steps.holdBefore(step);
        while (steps.isLost(standby.init())) {
            steps.holdNone();
            standby.init().mustSucceed();
            assertWalIsOnItsVolume(standby);
            assertTrue(Files.exists(standby.data.resolve("standby.signal")));
            Machine.run("rm", "-r", standby.data.toString(), standby.wal.toString());
            steps.holdBefore(++step);
        }

        assertEquals(
                List.of(
                        "rm -rf DATA/pgdata.clone DATA/pgdata.initdb DATA/pgdata.diverged-*.new",
                        "mkdir -p DATA",
                        "rm -rf WAL/pg_wal.new",
                        "rm -f DATA/pgdata.clone/streamset.asked",
                        "touch DATA/pgdata.clone/standby.signal",
                        "mv DATA/pgdata.clone/replicator.passfile.new DATA/pgdata.clone/replicator.passfile",
                        "sync DATA/pgdata.clone/postgresql.auto.conf.new",
                        "mv DATA/pgdata.clone/postgresql.auto.conf.new DATA/pgdata.clone/postgresql.auto.conf",
                        "ln -sfn WAL/pg_wal DATA/pgdata.clone/pg_wal",
                        "sync WAL",
                        "sync DATA/pgdata.clone",
                        "mv DATA/pgdata.clone DATA/pgdata",
                        "sync DATA",
                        "mv -T WAL/pg_wal.new WAL/pg_wal",
                        "sync WAL",
                        "touch TMP/prepared"),
                steps.taken(standby));
        assertEquals(step - 1, steps.taken(standby).size());
        steps.holdNone();
        standby.start();
        primary.awaitStandby(standby);
    }

    @Test
    void aFirstStartCanBeLostBetweenDataAndWal() throws IOException {
        primary.withWalVolume().init().mustSucceed();
        Machine.run("mv", primary.wal.toString(), primary.wal + ".new");

        assertEquals(
                List.of("primary: data found"), primary.init().mustSucceed().said());

        assertWalIsOnItsVolume(primary);
        primary.start();
    }

    @Nested
    class DeclaredForDataThatAreHere {
        private List<String> files;

        private void withData() {
            primary.withDataOfAPrimary();
            files = Machine.names(primary.data.resolve("pg_wal"));
            primary.withWalVolume();
        }

        @Test
        void takesTheirWal() throws IOException {
            withData();

            var init = primary.init().mustSucceed();

            assertEquals(List.of("primary: data found", "moving the WAL to " + primary.wal), init.said());
            assertWalIsOnItsVolume(primary);
            assertEquals(files, Machine.names(primary.wal));
            assertEquals(
                    List.of("primary: data found"), primary.init().mustSucceed().said());
            primary.start();
        }

        @Test
        void takesAStandbysToo() throws IOException {
            primary.withDataOfAPrimary().start();
            standby.initAndStart().interrupt();

            var init = standby.withWalVolume().init().mustSucceed();
            standby.start();

            assertEquals(
                    List.of("standby of db-0.db-svc: data found", "moving the WAL to " + standby.wal), init.said());
            assertWalIsOnItsVolume(standby);
            primary.awaitStandby(standby);
        }

        @Test
        void canBeLostAtAnyStep() throws IOException {
            withData();
            var original = Machine.names(primary.data);
            var steps = Steps.of(pods, primary.volume.resolveSibling("steps"));
            int step = 4; // the copy
            steps.holdBefore(step);
            while (steps.isLost(primary.init())) {
                steps.holdNone();
                primary.init().mustSucceed();
                assertWalIsOnItsVolume(primary);
                assertEquals(original, Machine.names(primary.data));
                Machine.run(
                        "diff",
                        "-r",
                        Template.data().resolve("pg_wal").toString(),
                        primary.wal.toString()); // fails when they differ
                Machine.run("rm", "-r", primary.data.toString(), primary.wal.toString());
                primary.withDataOfAPrimary();
                steps.holdBefore(++step);
            }

            assertEquals(
                    List.of(
                            "rm -rf DATA/pgdata.clone DATA/pgdata.initdb DATA/pgdata.diverged-*.new",
                            "mkdir -p DATA",
                            "rm -rf WAL/pg_wal.new",
                            "cp -a DATA/pgdata/pg_wal WAL/pg_wal.new",
                            "sync -f WAL/pg_wal.new",
                            "mv -T DATA/pgdata/pg_wal DATA/pgdata/pg_wal.moved",
                            "ln -sfn WAL/pg_wal DATA/pgdata/pg_wal",
                            "sync WAL",
                            "sync DATA/pgdata",
                            "mv -T WAL/pg_wal.new WAL/pg_wal",
                            "sync WAL",
                            "rm -rf DATA/pgdata/pg_wal.moved",
                            "touch TMP/prepared"),
                    steps.taken(primary));
            assertEquals(step - 1, steps.taken(primary).size());
            steps.holdNone();
            primary.start();
        }

        @Test
        void canBeLostInTheMiddleOfTheCopy() throws IOException {
            withData();
            var half = primary.walVolume.resolve("pg_wal.new");
            Machine.write(half.resolve(files.get(0)), "half a segment");
            Machine.give(half);

            primary.init().mustSucceed();

            assertWalIsOnItsVolume(primary);
            primary.start();
        }

        @Test
        void canBeTakenBackBeforeTheMoveCounts() {
            withData();
            var steps = Steps.of(pods, primary.volume.resolveSibling("steps"));
            steps.holdBefore(7); // the link
            assertTrue(steps.isLost(primary.init()));
            assertTrue(steps.taken(primary).get(6).startsWith("ln "), () -> "" + steps.taken(primary));
            steps.holdNone();

            primary.withoutWalVolume().initAndStart();
        }

        @Test
        void waitsUntilTheServerHasBeenShutDown() throws IOException {
            primary.withDataOfAPrimary().start().kill();
            primary.withWalVolume();

            var init = primary.init().mustSucceed();
            assertEquals(
                    List.of(
                            "primary: data found",
                            "the server here was killed, not shut down, and could still be running:"
                                    + " its WAL is not moved to the volume for WAL",
                            "what to do: when it runs again, shut it down once: kubectl delete pod db-0"),
                    init.said());
            assertEquals(List.of("lost+found"), Machine.names(primary.walVolume));
            primary.start().interrupt();

            primary.init().mustSucceed();
            assertWalIsOnItsVolume(primary);
        }

        @Test
        void leavesEverythingWhenItIsTooSmall() throws IOException {
            withData();
            pods.program("cp", FULL);

            assertStopsSaying(
                    primary.init(),
                    "primary: data found",
                    "moving the WAL to " + primary.wal,
                    "the WAL here does not fit into the volume for WAL: nothing was moved",
                    "what to do: pulumi config set --path streamset:wal.volume.size <larger>");

            pods.program("cp", "#!/bin/sh\nexec /usr/bin/cp \"$@\"\n");
            primary.initAndStart();
            assertWalIsOnItsVolume(primary);
        }

        /** Fake: stands for a full volume; the copy ends after its first bytes. */
        private static final String FULL = """
                #!/bin/bash
                mkdir "${@: -1}" && echo half >"${@: -1}/000000010000000000000001"
                echo "cp: error writing: No space left on device" >&2
                exit 1
                """;

        @Test
        void isLeftAloneWhenItHasOtherWal() {
            withData();
            var other = primary.wal.resolve("000000010000000000000007");
            Machine.write(other, "somebody's");

            assertStopsSaying(
                    primary.init(),
                    "primary: data found",
                    "the data here have their WAL in " + primary.data
                            + "/pg_wal, but the volume for WAL has other WAL (" + primary.wal
                            + "): nothing was moved or deleted",
                    "what to do: give this pod an empty volume for WAL:"
                            + " kubectl delete pvc wal-db-0 --wait=false && kubectl delete pod db-0");
            assertEquals(files, Machine.names(primary.data.resolve("pg_wal")));
            assertEquals("somebody's", Machine.read(other));
        }
    }

    @Nested
    class WithoutTheWalOfItsData {
        @Test
        void noServerStartsOnAnEmptyVolumeForWal() {
            primary.withWalVolume().init().mustSucceed();
            Machine.run("rm", "-r", primary.wal.toString());

            assertStopsSaying(
                    primary.init(),
                    "primary: data found",
                    "the WAL of the data here is gone (none in " + primary.wal + "): no server starts without it",
                    "what to do: bring back the volume that had it; if it is lost, restore a backup, or clone a standby"
                            + " again: kubectl delete pvc data-db-0 wal-db-0 --wait=false && kubectl delete pod db-0");
            assertEquals(List.of("lost+found"), Machine.names(primary.walVolume));
        }

        @Test
        void noServerStartsWhenTheVolumeForWalIsNoLongerDeclared() {
            primary.withWalVolume().init().mustSucceed();

            assertStopsSaying(
                    primary.withoutWalVolume().init(),
                    "primary: data found",
                    "the WAL of the data here is on a volume that the stack does not declare (pg_wal leads to "
                            + primary.wal + "): no server starts without it",
                    "what to do: pulumi config set --path streamset:wal.volume.size <size>");
        }

        @Test
        void noServerStartsWithAnEmptyFolderInTheDataDirectory() {
            primary.withDataOfAPrimary();
            Machine.run("rm", "-r", primary.data.resolve("pg_wal").toString());
            Machine.run("mkdir", primary.data.resolve("pg_wal").toString());

            assertStopsSaying(
                    primary.init(),
                    "primary: data found",
                    "the WAL of the data here is gone (none in " + primary.data
                            + "/pg_wal): no server starts without it",
                    "what to do: bring back the volume that had it; if it is lost, restore a backup, or clone a standby"
                            + " again: kubectl delete pvc data-db-0 --wait=false && kubectl delete pod db-0");
        }

        @Test
        void noDatabaseIsMadeInPlaceOfOneWhoseWalIsHere() {
            primary.withWalVolume().init().mustSucceed();
            var files = Machine.names(primary.wal);
            Machine.run("rm", "-r", primary.data.toString());

            assertStopsSaying(
                    primary.init(),
                    "the data volume is empty, but the volume for WAL has the WAL of a database (" + primary.wal
                            + "): neither used nor deleted",
                    "what to do: restore the data volume; if you do not need that database:"
                            + " kubectl delete pvc wal-db-0 --wait=false && kubectl delete pod db-0");
            assertEquals(files, Machine.names(primary.wal));
            assertEquals(List.of(), Machine.names(primary.volume));
        }
    }
}
