package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;

/** What the scripts ask of a primary about slots, against the real server of every major version. */
@Tag("server")
class SlotCommandsTest {
    private static final String CONF = """
            listen_addresses = '*'
            hba_file = '/etc/postgresql/pg_hba.conf'
            wal_level = replica
            wal_keep_size = 0
            max_wal_size = 32MB
            min_wal_size = 32MB
            max_slot_wal_keep_size = 16MB
            """;
    private static final String HBA = """
            host all all all trust
            host replication replicator all trust
            """;
    private static final String STATUS = "SELECT slot_name, wal_status FROM pg_replication_slots ORDER BY slot_name";

    /** The functions of the init container, without its data directory. */
    private static final String KEEP_SLOT = """
            set -euo pipefail
            SCRIPTS=$(dirname "$0")
            for part in shared/{log,session,process,markers,topology,position} facts/{sql,peers,data} actions/{upstream,slot}; do
              source "$SCRIPTS/$part.sh"
            done
            read_topology
            keep_slot "${HOSTS[0]}"
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void workOn(int major) throws Exception {
        folder.toFile().setExecutable(true, false);
        try (var server = RealPostgres.install(major, folder).start(CONF, HBA);
                var pods = Pods.of(3, server.port())) {
            execute(server, "CREATE ROLE replicator LOGIN REPLICATION");
            pods.withSecretOfSomebodyElse(); // Jobs query servers that have no node as the superuser
            var standby = pods.get(1);
            Machine.write(standby.data.resolve("PG_VERSION"), major + "\n");
            pods.addScript("keep-slot.sh", KEEP_SLOT);

            assertEquals(List.of("slot db_1 created on db-0.db-svc"), keepSlot(standby));
            assertEquals(List.of(), keepSlot(standby));
            assertEquals(List.of("db_1|reserved"), server.query(STATUS));

            invalidate(server);
            assertEquals(List.of("db_1|lost"), server.query(STATUS));
            if (major == 14) { // which cannot be asked, but needs not
                assertEquals(List.of(), keepSlot(standby));
                receive(server);
            } else {
                assertEquals(
                        List.of(
                                "slot db_1 has lost WAL that this node may need:"
                                        + " it was away for more than max_slot_wal_keep_size",
                                "slot db_1 recreated on db-0.db-svc"),
                        keepSlot(standby));
            }
            assertEquals(List.of("db_1|reserved"), server.query(STATUS));

            assertEquals(
                    List.of("slot db_2 created", "every declared standby has its slot on db-0.db-svc"),
                    pods.job("slots.sh").mustSucceed().said());
            invalidate(server);
            assertEquals(List.of("db_1|lost", "db_2|lost"), server.query(STATUS));
            pods.job("slots.sh").mustSucceed();
            assertEquals(List.of("db_1|reserved", "db_2|reserved"), server.query(STATUS));
            pods.replicas(1);
            pods.job("slots.sh").mustSucceed();
            assertEquals(List.of(), server.query(STATUS));
        }
    }

    private static List<String> keepSlot(Pod standby) {
        return standby.script("keep-slot.sh").mustSucceed().said();
    }

    private static void invalidate(RealPostgres.Server server) throws Exception {
        for (int segment = 0; segment < 8; segment++) {
            server.query("SELECT pg_logical_emit_message(false, 'test', 'one more segment')");
            server.query("SELECT pg_switch_wal()");
        }
        execute(server, "CHECKPOINT");
    }

    /** Streams through the slot until it holds again. */
    private void receive(RealPostgres.Server server) throws Exception {
        var receiver = new ProcessBuilder(
                        Programs.DEBIAN.path("pg_receivewal"),
                        "--slot=db_1",
                        "--status-interval=1",
                        "--directory=" + folder,
                        "--dbname=host=127.0.0.1 port=" + server.port() + " user=replicator")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("receiver.log").toFile())
                .start();
        try {
            Await.until("the slot holds again", () -> {
                try {
                    return server.query(STATUS).equals(List.of("db_1|reserved"));
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
        } finally {
            receiver.destroyForcibly();
        }
    }

    private static void execute(RealPostgres.Server server, String sql) throws Exception {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
