package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes query each other as a role that may do what this takes, and no more. */
@Tag("server")
class NodeRoleTest {
    private static final String MADE = "role streamset has what nodes need of each other from now on";
    static final String IS_MADE = "SELECT count(*) FROM pg_namespace WHERE nspname = 'streamset'";

    private static final String LOG_LOGINS = "log_connections = on";
    private static final String BY_NODE = "user=streamset database=postgres";
    private static final String DENIED = "42501"; // SQLSTATE insufficient_privilege

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    /** The password that follows from the superuser's. */
    static String ofNodes(String ofSuperuser) {
        try {
            var text = "streamset, role of the nodes\n" + ofSuperuser;
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of the first row, as the role. */
    private static String ask(Pod pod, String sql) throws SQLException {
        try (var connection = pod.connect("streamset", ofNodes("postgres-secret"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private boolean readyFor(Pod pod, String declaration) {
        Machine.write(pod.run.resolve("streamset.ready"), declaration + "\nmore");
        try {
            return declaration.equals(ask(pod, "SELECT streamset.ready()"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertDenied(Pod pod, String sql) {
        var refusal = assertThrows(SQLException.class, () -> ask(pod, sql), sql);
        assertEquals(DENIED, refusal.getSQLState(), sql + ": " + refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void itMayDoWhatNodesNeedAndNoMore(Programs programs) throws SQLException {
        try (var all = Pods.of(2, programs)) {
            var first = all.get(0);
            var second = all.get(1);
            first.initAndStart().awaitSaying(MADE);
            all.job("replicator.sh").mustSucceed();
            second.initAndStart();
            first.awaitStandby(second);
            second.awaitAnswer("SELECT count(*) FROM pg_roles WHERE rolname = 'streamset'", "1");

            for (Pod pod : List.of(first, second)) {
                assertDenied(pod, "SELECT rolpassword FROM pg_authid");
                assertDenied(pod, "COPY (SELECT 1) TO '" + pod.run.resolve("file") + "'");
                assertDenied(pod, "COPY (SELECT 1) TO PROGRAM 'true'");
                assertDenied(pod, "SELECT pg_read_file('/etc/passwd')");
                assertDenied(pod, "SELECT pg_read_binary_file('/etc/passwd')");
                assertDenied(pod, "SELECT pg_ls_dir('/etc', false, false)");
                assertDenied(pod, "SET ROLE postgres");
                assertDenied(pod, "SELECT pg_reload_conf()");
                assertDenied(pod, "SELECT pg_drop_replication_slot('db_1')");
                assertEquals("t", ask(pod, "SELECT streamset.ready() IS NULL"));
            }
            assertDenied(first, "ALTER SYSTEM SET work_mem = '8MB'");
            assertDenied(first, "CREATE ROLE another");
            assertDenied(first, "CREATE DATABASE another");
            assertDenied(first, "ALTER ROLE replicator PASSWORD 'another'");
            assertDenied(first, "CREATE TABLE streamset.another (id int)");
            assertDenied(first, "CREATE OR REPLACE FUNCTION streamset.checkpoint() RETURNS void LANGUAGE sql AS ''");

            ask(second, "SELECT streamset.announce(1, '{0,2}', true, 7)");
            assertEquals(
                    "primary=1\nlost=0 2\nkeep_diverged=true\ngeneration=7\n",
                    Machine.read(second.run.resolve("streamset.topology")));
            Await.until("what the primary is ready for, until its node removes the file", () -> readyFor(first, "1 7"));
            assertEquals("slot db_7 created", ask(first, "SELECT streamset.slots('db', '{1,7}')"));
            assertEquals("", ask(first, "SELECT streamset.slots('db', '{1,7}')"));
            assertEquals(
                    "slot db_7 dropped: no such standby is declared",
                    ask(first, "SELECT streamset.slots('db', '{1}')"));
            var ofAnother =
                    assertThrows(SQLException.class, () -> ask(first, "SELECT streamset.slots('another', '{7}')"));
            assertTrue(
                    ofAnother.getMessage().contains("the function is that of another cluster"), ofAnother.getMessage());
            var checkpoint = first.controlData("Latest checkpoint location");
            ask(first, "SELECT streamset.checkpoint()");
            assertFalse(checkpoint.equals(first.controlData("Latest checkpoint location")));
        }
    }

    /** The names are those that the archiver understands. */
    @ParameterizedTest
    @CsvSource({"1, full", "2, incremental", "3, verify"})
    void itAsksTheArchiverForOneTaskAtATime(int task, String name) throws SQLException {
        var pod = primary.withDataOfAPrimary().archived(10);
        pod.start();
        pod.awaitAnswer("SELECT to_regprocedure('streamset.answer(uuid)') IS NOT NULL", "t");
        var id = "7a0ebb9d-86b5-4b9a-8f0e-6c1c5b1f2a3d";
        var request = pod.spool().resolve("request");

        assertEquals("", ask(pod, "SELECT streamset.answer('" + id + "')"));
        assertEquals("asked", ask(pod, "SELECT streamset.request(" + task + ", '" + id + "')"));
        assertEquals(id + " " + name + "\n", Machine.read(request));
        assertEquals("busy", ask(pod, "SELECT streamset.request(1, gen_random_uuid())"));
        assertEquals("waiting", ask(pod, "SELECT streamset.answer('" + id + "')"));

        Machine.run("rm", request.toString());
        Machine.write(pod.spool().resolve("answer." + id), "done in 1 s\n");
        assertEquals("done in 1 s\n", ask(pod, "SELECT streamset.answer('" + id + "')"));
    }

    @Test
    void nobodyElseMayCallItsFunctions() throws SQLException {
        primary.withDataOfAPrimary().start();
        awaitRole(primary);
        primary.ask("CREATE ROLE guest LOGIN PASSWORD 'guest-secret'");

        try (var connection = primary.connect("guest", "guest-secret");
                var statement = connection.createStatement()) {
            for (String call : List.of(
                    "streamset.checkpoint()",
                    "streamset.announce(0, '{}', false, 1)",
                    "streamset.ready()",
                    "streamset.slots('db', '{}')")) {
                var refusal = assertThrows(SQLException.class, () -> statement.execute("SELECT " + call));
                assertEquals(DENIED, refusal.getSQLState());
            }
        }
    }

    @Test
    void itGetsInToItsDatabaseAlone() throws SQLException {
        primary.withDataOfAPrimary().hba("host all all all scram-sha-256").start();
        awaitRole(primary);
        primary.ask("CREATE DATABASE app");

        assertFalse(primary.accepts("streamset", "postgres-secret"));
        assertEquals("1", ask(primary, "SELECT 1"));
        var url = "jdbc:postgresql://" + primary.address + ":" + pods.port() + "/app";
        var refusal = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(url, "streamset", ofNodes("postgres-secret")));
        assertTrue(refusal.getMessage().contains("pg_hba.conf rejects connection"), refusal.getMessage());
    }

    /** The nodes alone, without a Job. */
    @Test
    void nodesHandOverWithIt() {
        standby.conf(LOG_LOGINS);
        var first = primary.withDataOfAPrimary().start();
        var second = standby.initAndStart();
        primary.awaitStandby(standby);
        awaitRole(standby);

        pods.primary(1);
        first.awaitSaying("db-1.db-svc writes now");
        standby.awaitStandby(primary);

        assertTrue(second.output().contains(BY_NODE + " application_name=psql\n"), second::output);
        assertFalse(second.output().contains("FATAL:  password"), second::output);
    }

    @Test
    void aNodeRewindsItsDataWithIt() {
        var lost = primary.withDataOfAPrimary().start();
        standby.conf(LOG_LOGINS).initAndStart();
        primary.awaitStandby(standby);
        awaitRole(standby);
        primary.ask("CREATE TABLE row (id int)");
        standby.awaitAnswer("SELECT count(*) FROM row", "0");
        pods.latest(standby).kill();
        primary.ask("INSERT INTO row VALUES (1)");
        lost.kill();
        var next = standby.initAndStart();
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        standby.ask("INSERT INTO row VALUES (2)");

        primary.initAndStart().awaitSaying("rewound to where db-1.db-svc went on");

        standby.awaitStandby(primary);
        primary.awaitAnswer("SELECT string_agg(id::text, ',') FROM row", "2");
        // pg_rewind gives no name
        assertTrue(next.output().contains(BY_NODE + "\n"), next::output);
    }

    @Test
    void itFollowsThePasswordOfTheSuperuser() {
        var server = primary.withDataOfAPrimary().start();
        awaitRole(primary);

        pods.password("postgres", "second");
        Await.until("the new one", () -> primary.accepts("streamset", ofNodes("second")), server::output);

        assertFalse(primary.accepts("streamset", ofNodes("postgres-secret")));
    }

    /** Pods have the passwords themselves then. */
    @Test
    void itFollowsASecretOfSomebodyElseToo() {
        pods.withSecretOfSomebodyElse();
        var server = primary.withDataOfAPrimary().start();
        awaitRole(primary);

        pods.password("postgres", "second");
        Await.until("the new one", () -> primary.accepts("streamset", ofNodes("second")), server::output);
        assertTrue(primary.accepts("postgres", "second"));

        standby.initAndStart();
        primary.awaitStandby(standby);
        pods.primary(1);
        server.awaitSaying("db-1.db-svc writes now");
        standby.awaitStandby(primary);
    }

    @Test
    void aRoleOfSomebodyElseIsLeftAlone() {
        var server = primary.withDataOfAPrimary().start();
        awaitRole(primary);
        primary.ask("COMMENT ON ROLE streamset IS NULL");

        pods.password("postgres", "second");

        server.awaitSaying(
                "the passwords of postgres replicator, or the role streamset, cannot be set here, and are tried again:"
                        + " ERROR:  there is a role or a schema \"streamset\" of somebody else");
        assertTrue(primary.accepts("streamset", ofNodes("postgres-secret")));
    }

    private static void awaitRole(Pod pod) {
        pod.awaitAnswer(IS_MADE, "1");
    }
}
