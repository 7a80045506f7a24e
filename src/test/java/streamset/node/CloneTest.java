package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class CloneTest {
    @AutoClose
    private final Pods pods = Pods.of(3);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    @Test
    void waitsForThePrimaryClonesItAndStreams() {
        var init = standby.init().awaitSaying("waiting for db-0.db-svc to accept connections");
        primary.withDataOfAPrimary().start();
        init.mustSucceed();
        standby.start();
        primary.awaitStandby(standby);
        primary.ask("CREATE TABLE letters AS SELECT 'hello' AS text");

        standby.awaitAnswer("SELECT to_regclass('letters') IS NOT NULL", "t");
        assertEquals("hello", standby.ask("SELECT text FROM letters"));
        assertEquals("t", standby.ask("SELECT pg_is_in_recovery()"));
        assertEquals(
                List.of("waiting for db-0.db-svc to accept connections", "standby of db-0.db-svc: clone ready"),
                init.said().stream()
                        // for a moment a server has started that nodes cannot log in to yet
                        .filter(line -> !line.equals("waiting for db-0.db-svc to write"))
                        .toList());
        assertEquals(List.of("pgdata"), Machine.names(standby.volume));
        assertEquals(
                primary.controlData("Database system identifier"), standby.controlData("Database system identifier"));
    }

    @Test
    void waitsForTheRoleThatTheJobHasYetToCreate() {
        primary.initAndStart();
        var refusal = "connection to server at \"db-0.db-svc\" (127.0.1.1), port " + pods.port()
                + " failed: FATAL:  password authentication failed for user \"replicator\"";
        var init = standby.init().awaitSaying("waiting to clone from db-0.db-svc: psql: error: " + refusal);

        pods.job("replicator.sh").mustSucceed();

        init.mustSucceed();
        assertEquals("standby of db-0.db-svc: clone ready", init.said().get(1));
        assertEquals(2, init.said().size());
    }

    @Test
    void twoStandbysCloneAtTheSameTime() {
        primary.withDataOfAPrimary().start();
        var inits = List.of(standby.init(), pods.get(2).init());
        inits.forEach(Container::mustSucceed);
        standby.start();
        pods.get(2).start();

        primary.awaitStandby(standby);
        primary.awaitStandby(pods.get(2));
    }

    @Test
    void onlyTheServerReadsItsConnectionAndHasOneOfItAfterManyStarts() throws IOException {
        primary.withDataOfAPrimary().start();
        for (int start = 1; start <= 3; start++) {
            standby.init().mustSucceed();
        }

        for (String file : List.of("postgresql.auto.conf", "replicator.passfile")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(standby.data.resolve(file))),
                    file);
        }
        assertEquals(
                List.of(
                        "primary_conninfo = 'host=db-0.db-svc port=" + pods.port()
                                + " user=replicator application_name=db-1 connect_timeout=5"
                                + " tcp_user_timeout=5000 keepalives_idle=5 keepalives_interval=5 options=''-c idle_session_timeout=0"
                                + " -c statement_timeout=0 -c tcp_user_timeout=10s -c post_auth_delay=0"
                                + " -c local_preload_libraries= -c client_encoding=UTF8"
                                + " -c client_min_messages=warning'' passfile="
                                + standby.data
                                + "/replicator.passfile'",
                        "primary_slot_name = 'db_1'"),
                Machine.read(standby.data.resolve("postgresql.auto.conf"))
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
        standby.start();
        primary.awaitStandby(standby);
    }

    @Test
    void keepsWhatAlterSystemHasSetOnThePrimary() {
        primary.withDataOfAPrimary().start();
        primary.ask("ALTER SYSTEM SET work_mem = '5MB'");

        standby.initAndStart();

        assertEquals("5MB", standby.ask("SHOW work_mem"));
    }
}
