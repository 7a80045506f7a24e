package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the archive can be brought back, to the row, by a cluster that has nothing else. */
@Tag("server")
class RestoreTest {
    static Stream<Named<Programs>> majors() {
        return Stream.of(
                Named.of("14", Programs.oldest()), Named.of("15", Programs.DEBIAN), Named.of("18", Programs.newest()));
    }

    private static final String ROWS = "SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM row";

    /** A cluster of two pods that has archived rows 1, 2, 3 in different transactions, with a point after each. */
    private static final class Rig implements AutoCloseable {
        final ArchivedPair pair;
        final Pods pods;
        final Archiving archive;
        final Pod first;
        final Pod second;
        final String[] times = new String[4];
        final String[] positions = new String[4];
        String start;

        Rig(Programs programs) {
            pair = ArchivedPair.of(programs);
            pods = pair.pods();
            archive = pair.archive();
            first = pair.first();
            second = pair.second();
        }

        Rig fill() {
            var server = first.initAndStart();
            pods.job("replicator.sh").mustSucceed();
            var archiver = archive.archiver(first);
            start = first.ask("SELECT now() - interval '1 hour'");
            first.ask("CREATE TABLE row (id int)");
            archive.awaitBackup(archiver, "full");
            first.ask("SELECT pg_sleep(1.1)"); // pgBackRest compares whole seconds
            for (int row = 1; row <= 3; row++) {
                first.ask("INSERT INTO row VALUES (" + row + ")");
                times[row] = first.ask("SELECT clock_timestamp()");
                positions[row] = first.ask("SELECT pg_current_wal_lsn()");
                first.ask("SELECT pg_create_restore_point('after " + row + "')");
                if (row == 2) {
                    archive.job(first, "incremental").mustSucceed();
                }
            }
            archiver.requestEnd();
            server.interrupt();
            archiver.mustSucceed();
            return this;
        }

        Rig loseEverything() {
            pair.loseEverything();
            return this;
        }

        @Override
        public void close() {
            pair.close();
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void aNewClusterHasExactlyTheRowsUntilThen(Programs programs) {
        try (var rig = new Rig(programs).fill().loseEverything()) {
            rig.archive.restore(rig.first, "time", rig.times[1]).mustSucceed();
            var server = rig.first.initAndStart();
            assertEquals("1", rig.first.ask(ROWS));
            assertEquals("f", rig.first.ask("SELECT pg_is_in_recovery()"));
            assertEquals("", rig.first.ask("SHOW restore_command"));
            assertFalse(server.output().contains("restored log file"), server.output());
            assertEquals("00000002", rig.first.ask("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"));

            rig.archive.restore(rig.second, "time", rig.times[1]).mustSucceed();
            assertFalse(Files.exists(rig.second.data));
            rig.second.initAndStart();
            rig.first.awaitStandby(rig.second);
            rig.second.awaitAnswer(ROWS, "1");

            var archiver = rig.archive.path("/restored").archiver(rig.first);
            rig.archive.awaitBackup(archiver, "full");
            rig.first.ask("INSERT INTO row VALUES (7)");
            rig.first.ask("SELECT pg_switch_wal()");
            rig.first.awaitAnswer("SELECT archived_count > 1 AND failed_count < 4 FROM pg_stat_archiver", "t");
        }
    }

    @Test
    void reachesPointsByPositionAndNameAndTheEnd() {
        try (var rig = new Rig(Programs.DEBIAN).fill()) {
            assertRestored(rig, "lsn", rig.positions[2], "1,2");
            assertRestored(rig, "name", "after 3", "1,2,3");
            assertRestored(rig, "name", "after 1", "1"); // before the newest base backup
            assertRestored(rig, "latest", "", "1,2,3");
        }
    }

    private static void assertRestored(Rig rig, String type, String target, String rows) {
        rig.pair.restore(rig.first, type, target);
        var server = rig.first.initAndStart();
        assertEquals(rows, rig.first.ask(ROWS));
        server.interrupt();
    }

    @Test
    void saysWhatCanBeRestoredWhereThePointIsNotThere() {
        try (var rig = new Rig(Programs.DEBIAN).fill().loseEverything()) {
            var before = rig.archive.restore(rig.first, "time", rig.start);
            assertEquals(1, before.exitCode());
            assertTrue(before.output().contains("nothing can be restored: "), before.output());
            assertTrue(
                    before.said()
                            .get(before.said().size() - 1)
                            .matches(
                                    "what to do: what can be restored: from \\S+ \\S+ on, up to the WAL in [0-9A-F]{24}"),
                    before.output());
            assertFalse(Files.exists(rig.first.data));

            var after = rig.archive.restore(rig.first, "time", "2030-01-01 00:00:00+00");
            assertEquals(1, after.exitCode());
            assertTrue(
                    after.output()
                            .contains(
                                    "the archive does not reach what streamset:restore.time says (2030-01-01 00:00:00+00): recovery ended before configured recovery target was reached"),
                    after.output());
            assertFalse(Files.exists(rig.first.data));

            var unknown = rig.archive.restore(rig.first, "name", "no such name");
            assertEquals(1, unknown.exitCode());
            assertTrue(
                    unknown.output().contains("the archive does not reach what streamset:restore.name says"),
                    unknown.output());
        }
    }

    @Test
    void bringsTheWalToAVolumeOfItsOwn() {
        try (var rig = new Rig(Programs.DEBIAN).fill().loseEverything()) {
            rig.first.withWalVolume();
            rig.archive.restore(rig.first, "latest", "").mustSucceed();
            rig.first.initAndStart();
            assertEquals("1,2,3", rig.first.ask(ROWS));
            assertTrue(Files.isSymbolicLink(rig.first.data.resolve("pg_wal")));
            assertTrue(Machine.names(rig.first.wal).stream().anyMatch(name -> name.startsWith("00000002")));
        }
    }

    @Test
    void refusesAnImageOfAnotherMajorVersion() {
        try (var rig = new Rig(Programs.DEBIAN)) {
            rig.pods.environment(Map.of("POSTGRES_MAJOR", "18"));
            var container = rig.archive.restore(rig.first, "latest", "");
            assertEquals(1, container.exitCode());
            assertEquals(
                    List.of(
                            "this image has PostgreSQL 15, and streamset:version is 18",
                            "what to do: set another one in streamset:restore.image"),
                    container.said());
        }
    }

    @Test
    void doesNothingWhereThereAreData() {
        try (var rig = new Rig(Programs.DEBIAN).fill()) {
            var container = rig.archive.restore(rig.first, "latest", "").mustSucceed();
            assertEquals(List.of("there are data on this volume: nothing is restored"), container.said());
            rig.first.initAndStart();
            assertEquals("1,2,3", rig.first.ask(ROWS));
        }
    }

    @Test
    void restoresNothingBesideARunningServer() {
        try (var rig = new Rig(Programs.DEBIAN).fill()) {
            rig.first.initAndStart();
            rig.second.initAndStart();
            rig.first.awaitStandby(rig.second);
            rig.pods.latest(rig.first).kill();
            Machine.run("rm", "-rf", rig.first.data.toString());
            var container = rig.archive.restore(rig.first, "latest", "");
            assertEquals(1, container.exitCode());
            assertTrue(
                    container
                            .output()
                            .contains(
                                    "this volume is empty, but db-1.db-svc has a server: nothing is restored beside a running cluster"),
                    container.output());
        }
    }

    /** All pods start side by side, the one without data too. */
    @Test
    void restoresNothingWhenAServerHasStartedMeanwhile() {
        try (var rig = new Rig(Programs.DEBIAN).fill()) {
            var server = rig.first.initAndStart();
            rig.second.initAndStart();
            rig.first.awaitStandby(rig.second);
            rig.pods.latest(rig.second).interrupt();
            server.interrupt();
            Machine.run("rm", "-rf", rig.first.data.toString());

            rig.archive.store().freeze();
            var container = rig.archive.restore(rig.first, "latest", "");
            container.awaitSaying("restoring a base backup; then recovering to latest");
            rig.second.start();
            rig.archive.store().thaw();
            assertEquals(1, container.exitCode());
            assertTrue(
                    container
                            .output()
                            .contains("this volume is empty, but db-1.db-svc has a server: nothing is restored"),
                    container.output());
            assertFalse(Files.exists(rig.first.data));
        }
    }

    /** The WAL that is there is not all: a recovery that ended here would lose rows without a word. */
    @Test
    void anOutageOfTheArchiveIsNotItsEnd() {
        try (var rig = new Rig(Programs.DEBIAN).fill().loseEverything()) {
            rig.pods.constant("backup/get.sh", "LIMIT_SECONDS", 1);
            var container = rig.archive.restore(rig.first, "latest", "");
            Await.until(
                    "base backup",
                    () -> Files.exists(rig.first.volume.resolve("pgdata.restore/recovery.signal")),
                    container::output);
            rig.archive.store().stop();
            assertEquals(1, container.exitCode());
            assertTrue(container.output().contains("cannot be recovered: "), container.output());
            assertFalse(Files.exists(rig.first.data));

            rig.archive.store().start();
            rig.archive.restore(rig.first, "latest", "").mustSucceed();
            rig.first.initAndStart();
            assertEquals("1,2,3", rig.first.ask(ROWS));
        }
    }

    /** A server that ends refuses whoever looks whether it has recovered, and says so after the cause of its end. */
    @Test
    void aConnectionThatIsRefusedIsNotTheCauseOfTheEnd() {
        try (var pods = Pods.of(1)) {
            pods.addScript("explain.sh", """
                    set -euo pipefail
                    SCRIPTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
                    for part in shared/log shared/session shared/process facts/sql backup/recover; do source "$SCRIPTS/$part.sh"; done
                    echo '... [1] FATAL:  recovery ended before configured recovery target was reached' >"$RECOVERY_LOG"
                    echo '... [2] FATAL:  the database system is in recovery mode' >>"$RECOVERY_LOG"
                    explain_recovery 1
                    echo "$RECOVERY_ENDED_EARLY: $RECOVERY_FAULT"
                    """);
            assertEquals(
                    "yes: recovery ended before configured recovery target was reached\n",
                    pods.get(0).script("explain.sh").mustSucceed().output());
        }
    }
}
