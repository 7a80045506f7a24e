package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class FirstStartTest {
    @AutoClose
    private final Pods pods = Pods.of(1);

    private final Pod primary = pods.get(0);

    @Test
    void anEmptyVolumeOfTheDeclaredPrimaryGetsAWholeDatabaseAndNothingElse() {
        var init = primary.init().mustSucceed();

        assertEquals(
                List.of(
                        "primary: no data here, no server elsewhere; creating a new database",
                        "primary: new database ready"),
                init.said());
        assertEquals(List.of("pgdata"), Machine.names(primary.volume));
        assertEquals("15\n", Machine.read(primary.data.resolve("PG_VERSION")));
        assertEquals("1", primary.controlData("Data page checksum version"));
        assertEquals("shut down", primary.controlData("Database cluster state"));
        assertTrue(Machine.read(primary.data.resolve("postgresql.conf"))
                .lines()
                .anyMatch(line -> line.startsWith("huge_pages = off")));
    }

    @Test
    void theDeclaredPasswordAndNoOtherOpensTheServerOverTcp() {
        var server = primary.initAndStart();

        assertTrue(primary.accepts("postgres", "postgres-secret"));
        assertFalse(primary.accepts("postgres", "guessed"));
        assertEquals("UTF8", primary.ask("SHOW server_encoding"));
        assertTrue(primary.ask("SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'")
                .startsWith("SCRAM-SHA-256$"));
        assertFalse(server.output().contains("postgres-secret"));
    }

    @Test
    void aSecondInitFindsTheDataAndLeavesThem() {
        primary.init().mustSucceed();
        var system = primary.controlData("Database system identifier");
        var file = primary.identityOf("PG_VERSION");

        var second = primary.init().mustSucceed();

        assertEquals(List.of("primary: data found"), second.said());
        assertEquals(system, primary.controlData("Database system identifier"));
        assertEquals(file, primary.identityOf("PG_VERSION"));
    }
}
