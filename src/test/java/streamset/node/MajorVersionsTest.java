package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the scripts ask of servers and programs, on the oldest and the newest major version: one life of a cluster. All else
 * is tested with 15.
 */
@Tag("server")
class MajorVersionsTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";

    static Stream<Named<Programs>> majors() {
        return Stream.of(Named.of("14", Programs.oldest()), Named.of("18", Programs.newest()));
    }

    private static void startBoth(Pods pods) {
        var first = pods.get(0);
        var second = pods.get(1);
        first.initAndStart();
        pods.job("replicator.sh").mustSucceed();
        second.initAndStart();
        first.awaitStandby(second);
        first.ask("CREATE TABLE row (id int)");
        first.awaitNodeRole();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void aClusterIsMadeReloadsAndHandsOver(Programs programs) {
        try (var pods = Pods.of(2, programs)) {
            var first = pods.get(0);
            var second = pods.get(1);
            startBoth(pods);
            // what initdb ran with: of this file the servers read nothing
            assertTrue(Machine.read(first.data.resolve("postgresql.conf"))
                    .lines()
                    .anyMatch(line -> line.startsWith("huge_pages = off")));
            assertTrue(programs.folder()
                    .toString()
                    .contains("/" + first.ask("SHOW server_version").split("\\.")[0]));
            assertEquals(0, second.script("probes/started.sh").exitCode());
            assertEquals(0, second.script("probes/ready.sh").exitCode());
            assertEquals(
                    List.of("every declared standby has its slot on db-0.db-svc"),
                    pods.job("slots.sh").mustSucceed().said());
            assertTrue(first.script("status.sh").mustSucceed().output().contains("db-1 | standby | streaming"));

            pods.revision("second");
            first.conf("work_mem = 5MB").revision("second");
            second.conf("work_mem = 5MB").revision("second");
            pods.job("reload.sh").mustSucceed();
            assertEquals("5MB", first.ask("SHOW work_mem"));
            assertEquals("5MB", second.ask("SHOW work_mem"));
            pods.job("restarted.sh").mustSucceed();

            pods.primary(1);
            assertTrue(pods.job("handover.sh").mustSucceed().said().contains("db-0.db-svc knows what is declared"));
            assertEquals("f", second.ask(IS_STANDBY));
            second.awaitStandby(first);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void aLostPrimaryIsReplacedAndReturns(Programs programs) {
        try (var pods = Pods.of(2, programs)) {
            var first = pods.get(0);
            var second = pods.get(1);
            startBoth(pods);
            second.awaitAnswer("SELECT to_regclass('row') IS NOT NULL", "t");
            second.awaitNodeRole();
            pods.latest(second).kill();
            first.ask("INSERT INTO row VALUES (1)");
            pods.latest(first).kill();
            second.initAndStart();
            pods.lost(1, "0");
            pods.job("handover.sh").mustSucceed();
            second.ask("INSERT INTO row VALUES (2)");

            var returned = first.initAndStart();

            returned.awaitSaying(
                    programs.equals(Programs.oldest())
                            ? "standby of db-1.db-svc: clone ready" // see there
                            : "rewound to where db-1.db-svc went on");
            second.awaitStandby(first);
            first.awaitAnswer("SELECT string_agg(id::text, ',' ORDER BY id) FROM row", "2");
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void aStandbyStartsWithLoweredValues(Programs programs) {
        try (var pods = Pods.of(2, programs)) {
            var first = pods.get(0).conf("max_connections = 60");
            var second = pods.get(1).conf("max_connections = 60");
            startBoth(pods);
            pods.latest(second).interrupt();

            second.conf("max_connections = 30").initAndStart();

            first.awaitStandby(second);
            assertEquals("60", second.ask("SHOW max_connections"));
        }
    }
}
