package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/** Whatever stands in the author's pg_hba.conf, real servers let in the cluster's own, and by its lines nobody else. */
@Tag("server")
class ClusterAccessTest {
    private static final String POD = "127.0.0.1";

    /** /etc/hosts gives the pod this name, and the name that address. */
    private static final List<String> POD_HOSTS = List.of("localhost");

    /** A Job's pod: its address has no name. */
    private static final String ELSEWHERE = "127.0.0.5";

    private static final String NOBODY_ELSE = "local all,replication all reject\nhost all,replication all all reject\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60); // on a machine that is busy
    private static final String CONF = """
            hba_file = '/etc/postgresql/pg_hba.conf'
            listen_addresses = '127.0.0.1'
            wal_level = replica
            """;

    /** What authors write, by mistake or on purpose. */
    private static final List<String> FILES = List.of(
            NOBODY_ELSE,
            "# nothing but a comment, without a line end",
            "host all postgres 0.0.0.0/0 reject # superusers: never\nlocal all postgres reject\n",
            "host replication replicator ${pods} reject\nhost postgres postgres samenet reject\n",
            "local all all scram-sha-256\nhost all,replication all localhost md5\n",
            "local all all peer\nhost all,replication all all password\n",
            "hostnossl all,replication all all reject\nhost all all all scram-sha-256\n",
            "\\\nlocal \\\r\n all all reject\nhost all,\"replication\" +replicator,postgres,\"all\" 127.0.0.1/32 reject\n");

    @TempDir
    private static Path folder;

    private RealPostgres postgres;
    private RealPostgres.Server server;
    private int round;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void isThereWhateverTheAuthorWrites(int major) throws Exception {
        postgres = RealPostgres.install(major, folder);
        try (var started = postgres.start(CONF, rendered(major, ""))) {
            server = started;
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute("ALTER USER postgres PASSWORD 'of postgres'");
                statement.execute("CREATE USER replicator REPLICATION PASSWORD 'of replicator'");
                statement.execute("CREATE USER alice PASSWORD 'of alice'");
            }
            assertTheClustersOwnGetIn("an empty file");
            for (var text : FILES) {
                read(rendered(major, text));
                assertTheClustersOwnGetIn(text);
            }
            read(rendered(major, NOBODY_ELSE));
            assertNobodyElseGetsIn();
        }
    }

    /** As the servers get it; nothing in it is a problem. */
    private static String rendered(int major, String text) {
        var problems = new Problems();
        var file = HbaFile.parse(new SourceFile("pg_hba.conf", text), major, problems);
        file.refuseTrust(problems);
        problems.throwIfAny();
        return file.render(POD_HOSTS);
    }

    /** Has the server read it, without an error. */
    private void read(String pgHbaConf) throws Exception {
        Files.writeString(postgres.confFile("pg_hba.conf"), pgHbaConf);
        Files.writeString(
                postgres.confFile("postgresql.conf"), postgres.here(CONF + "streamset.round = " + ++round + "\n"));
        server.reload();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Integer.toString(round)
                .equals(answer("postgres", "", POD, "SELECT current_setting('streamset.round', true)"))) {
            assertTrue(System.nanoTime() < end, "the server does not read its files again");
        }
        assertEquals(
                "0", answer("postgres", "", POD, "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL"));
    }

    private void assertTheClustersOwnGetIn(String text) throws Exception {
        // node scripts, probes and kubectl exec
        assertEquals("trust", new LoginAttempt("postgres", "postgres").throughSocket(server), text);
        assertEquals("trust", new LoginAttempt("template1", "postgres").throughSocket(server), text);
        // the Jobs and the other pods, and pg_rewind
        assertEquals("1", answer("postgres", "", ELSEWHERE, "SELECT 1"), text);
        assertEquals("1", answer("postgres", "", POD, "SELECT 1"), text);
        assertEquals("scram-sha-256", new LoginAttempt("postgres", "postgres").from(ELSEWHERE, server), text);
        // streaming, pg_basebackup, and the slots' commands
        assertTrue(Long.parseLong(answer("replicator", "true", POD, "IDENTIFY_SYSTEM")) > 0, text);
        assertEquals("scram-sha-256", new LoginAttempt(LoginAttempt.REPLICATION, "replicator").from(POD, server), text);
    }

    private void assertNobodyElseGetsIn() throws Exception {
        for (var attempt : List.of(
                new LoginAttempt("postgres", "alice"),
                new LoginAttempt("postgres", "replicator"),
                new LoginAttempt(LoginAttempt.REPLICATION, "postgres"),
                new LoginAttempt(LoginAttempt.REPLICATION, "replicator"))) {
            assertEquals(LoginAttempt.REFUSED, attempt.throughSocket(server), attempt::toString);
            assertEquals(LoginAttempt.REFUSED, attempt.from(ELSEWHERE, server), attempt::toString);
        }
        assertEquals(LoginAttempt.REFUSED, new LoginAttempt("template1", "postgres").from(POD, server));
        assertEquals(LoginAttempt.REFUSED, new LoginAttempt("postgres", "replicator").from(POD, server));
        var wrong = assertThrows(SQLException.class, () -> answer("postgres", "", POD, "SELECT 1", "a guess"));
        assertEquals("28P01", wrong.getSQLState()); // invalid password
    }

    private String answer(String user, String replication, String from, String command) throws SQLException {
        return answer(user, replication, from, command, "of " + user);
    }

    /** The first column of the first row. */
    private String answer(String user, String replication, String from, String command, String password)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("localSocketAddress", from);
        properties.setProperty("sslmode", "disable");
        if (!replication.isEmpty()) {
            properties.setProperty("replication", replication);
            properties.setProperty("preferQueryMode", "simple"); // the only one that a WAL sender knows
            properties.setProperty("assumeMinServerVersion", "14"); // else the driver asks in SQL
        }
        var url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
        try (var connection = DriverManager.getConnection(url, properties);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(command)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
