package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class ReplicatorJobTest {
    private static final String OID = "SELECT oid FROM pg_roles WHERE rolname = 'replicator'";
    private static final String RECEIVER = "SELECT pid FROM pg_stat_wal_receiver WHERE status = 'streaming'";
    private static final String ROLE_IS_THERE = "role replicator has the declared password";

    private static final String WAITS = "waiting for db-0.db-svc to have the declared password of postgres:"
            + " that node sets it when the kubelet has brought the Secret";

    private static final String TAKEN =
            "the password of replicator has changed: this node connects with the declared one from now on";

    /** What quoting can go wrong with: in the shell, in SQL, in conf files, in connection strings, in a passfile. */
    private static final String DIFFICULT = " it's \\a \\\\ \"$HOME\" `id` %s :b #=; pässwörd € ";

    /** Everything that makes a server, or a common extension, write down statements. */
    private static final String LOG_EVERYTHING = """
            log_statement = all
            log_min_duration_statement = 0
            log_min_duration_sample = 0
            log_transaction_sample_rate = 1
            log_min_error_statement = debug5
            shared_preload_libraries = 'auto_explain, pg_stat_statements'
            auto_explain.log_min_duration = 0
            auto_explain.log_nested_statements = on
            """;

    @AutoClose
    private final Pods pods = Pods.of(3);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    @Test
    void waitsForThePrimaryAndCreatesTheRoleThere() {
        var job = pods.job("replicator.sh").awaitSaying("waiting for db-0.db-svc to accept connections");

        primary.initAndStart();
        job.mustSucceed();

        assertEquals(List.of("waiting for db-0.db-svc to accept connections", ROLE_IS_THERE), job.said());
        assertEquals(
                "login replication",
                primary.ask("SELECT concat_ws(' ', CASE WHEN rolcanlogin THEN 'login' END,"
                        + " CASE WHEN rolreplication THEN 'replication' END,"
                        + " CASE WHEN rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls THEN 'more' END)"
                        + " FROM pg_roles WHERE rolname = 'replicator'"));
        assertTrue(primary.accepts("replicator", "replicator-secret"));
    }

    @Test
    void runAgainItKeepsTheRoleAndSetsAChangedPassword() {
        primary.withDataOfAPrimary().start();
        var oid = primary.ask(OID);

        pods.password("replicator", "changed");
        pods.job("replicator.sh").mustSucceed();

        assertEquals(oid, primary.ask(OID));
        assertFalse(primary.accepts("replicator", "replicator-secret"));
        assertTrue(primary.accepts("replicator", "changed"));
    }

    @Test
    void aRunningStandbyConnectsWithAChangedPasswordFromNowOn() {
        primary.withDataOfAPrimary().start();
        var server = standby.initAndStart();
        primary.awaitStandby(standby);

        pods.password("replicator", "changed-secret");
        var job = pods.job("replicator.sh").mustSucceed();
        server.awaitSaying(TAKEN);
        connectsAnew(standby);

        assertEquals(List.of(ROLE_IS_THERE), job.said());
        primary.awaitStandby(standby);
        assertEquals(List.of(), linesWith("-secret", server));
    }

    /** The kubelet brings the Secret later than the Job sets the password: the standby connects as soon as it has it. */
    @Test
    void aStandbyThatLosesItsConnectionBeforeItHasTheChangedPasswordConnectsWhenItHasIt() {
        primary.withDataOfAPrimary().start();
        var server = standby.initAndStart();
        primary.awaitStandby(standby);

        primary.ask("ALTER ROLE replicator PASSWORD 'changed'");
        primary.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
        Await.until(
                "the old password is refused",
                () -> server.output().contains("password authentication failed for user \"replicator\""));
        pods.password("replicator", "changed");

        server.awaitSaying(TAKEN);
        primary.awaitStandby(standby);
    }

    @Test
    void thePasswordIsKeptAsScramWhateverTheConfFilesSay() {
        primary.conf("password_encryption = md5").withDataOfAPrimary().start();

        pods.job("replicator.sh").mustSucceed();

        assertEquals(
                "SCRAM-SHA-256",
                primary.ask("SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'replicator'"));
    }

    @Test
    void aPasswordWithEveryDifficultCharacterWorksEverywhereAndIsInNoLog() {
        pods.password("postgres", DIFFICULT + "1");
        pods.password("replicator", DIFFICULT + "2");
        primary.conf(LOG_EVERYTHING);
        standby.conf(LOG_EVERYTHING);

        var primaryServer = primary.initAndStart(); // by initdb, from a file
        pods.job("replicator.sh").mustSucceed(); // by ALTER ROLE
        var standbyServer = standby.initAndStart(); // by pg_basebackup and the walreceiver
        primary.awaitStandby(standby);
        pods.password("replicator", DIFFICULT + "3");
        var job = pods.job("replicator.sh").mustSucceed();
        standbyServer.awaitSaying(TAKEN);
        connectsAnew(standby);

        assertTrue(primary.accepts("postgres", DIFFICULT + "1"));
        assertFalse(primary.accepts("replicator", DIFFICULT + "2"));
        assertTrue(primary.accepts("replicator", DIFFICULT + "3"));
        primary.ask("SELECT 'other statements are logged'");
        assertTrue(primaryServer.output().contains("SELECT 'other statements are logged'"));
        for (Container container : List.of(primaryServer, standbyServer, job)) {
            assertEquals(List.of(), linesWith("pässwörd", container));
        }
        primary.ask("CREATE EXTENSION pg_stat_statements");
        assertEquals("0", primary.ask("SELECT count(*) FROM pg_stat_statements WHERE query ~ 'ALTER ROLE.*p.ssw'"));
    }

    /** Not even the primary gets it: who may look at other sessions, or reads a log that has everything, sees a verifier. */
    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void thePasswordItselfIsNeverSent(Programs programs) throws SQLException {
        try (var own = Pods.of(1, programs)) {
            own.password("replicator", "never-sent");
            var server = own.get(0)
                    .conf(LOG_EVERYTHING.replaceFirst("shared_preload.*", "")
                            + "debug_print_parse = on\nlog_min_messages = debug2\n");
            var log = server.initAndStart();
            own.job("replicator.sh").mustSucceed();
            server.ask("CREATE ROLE guest LOGIN PASSWORD 'guest-secret' IN ROLE pg_monitor");

            Container job;
            try (var holder = server.connect("postgres", own.password("postgres"));
                    var lock = holder.createStatement()) {
                holder.setAutoCommit(false);
                lock.execute("LOCK TABLE pg_authid IN SHARE MODE"); // the Job's statement waits to be looked at
                job = own.job("replicator.sh");
                Await.until("the statement that waits", () -> !waiting(server).isEmpty(), job::output);
                var statement = waiting(server);
                assertTrue(
                        statement.matches("ALTER USER \"?replicator\"? PASSWORD 'SCRAM-SHA-256\\$4096:[^']*'"),
                        statement);
            }

            job.mustSucceed();
            assertTrue(server.accepts("replicator", "never-sent"));
            for (String secret : List.of("never-sent", "SCRAM-SHA-256$")) {
                assertEquals(List.of(), linesWith(secret, log));
            }
        }
    }

    private static String waiting(Pod server) {
        try (var looker = server.connect("guest", "guest-secret");
                var rows = looker.createStatement()
                        .executeQuery("SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that are no text hid the message behind "binary file matches". */
    @Test
    void aComplaintThatIsNoTextIsShown() {
        primary.withDataOfAPrimary().start();
        pods.program("psql", "#!/bin/sh\nprintf 'first\\nERROR:  \\344\\000 is wrong\\033[0m\\n' >&2\nexit 1\n");

        try (var job = pods.job("replicator.sh")) {
            Await.until("the complaint", () -> job.output().contains(" is wrong[0m\n"), job::output);
            assertTrue(job.output().contains("waiting for db-0.db-svc: ERROR:  "), job::output);
        }
    }

    @Test
    void aPasswordOfTwoLinesIsRefused() {
        primary.withDataOfAPrimary().start();
        pods.password("replicator", "one\ntwo");

        var job = pods.job("replicator.sh");

        assertEquals(1, job.exitCode(), job::output);
        assertEquals(
                List.of(
                        "the password of replicator is empty, or has more than one line: no standby could connect with it",
                        "what to do: declare another one"),
                job.said());
    }

    private void connectsAnew(Pod standby) {
        var receiver = standby.ask(RECEIVER);
        primary.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE application_name = '"
                + standby.name + "'");
        Await.until("a new connection", () -> !List.of("", receiver).contains(standby.ask(RECEIVER)));
    }

    /** The Job has a changed Secret at once, the node that sets the superuser's password only when the kubelet brings it. */
    @Test
    void waitsUntilTheNodeHasSetAChangedPasswordOfPostgres() {
        primary.withDataOfAPrimary();
        pods.secretSleeps(primary);
        var server = primary.start();
        pods.password("postgres", "changed");

        var job = pods.job("replicator.sh");
        Await.until("three attempts", () -> failedLogins(server) >= 3);
        assertEquals(List.of(WAITS), job.said());
        pods.secretArrives(primary);

        job.mustSucceed();
        assertEquals(List.of(WAITS, ROLE_IS_THERE), job.said());
    }

    @Test
    void aNodeThatDoesNotSetThePasswordOfPostgresIsSaidOnceWithTheRemedyAndWaitedFor() {
        pods.constant("actions/replicator.sh", "SECRET_SECONDS", 2);
        primary.withDataOfAPrimary();
        pods.secretSleeps(primary);
        var server = primary.start();
        pods.password("postgres", "never told to the server");

        var job = pods.job("replicator.sh");
        Await.until("five attempts", () -> failedLogins(server) >= 5);

        assertTrue(job.isRunning());
        assertEquals(
                List.of(
                        WAITS,
                        "role postgres has another password than declared, and the log of db-0 says why, if the node cannot"
                                + " set it; what to do: kubectl exec -it db-0 -c postgresql -- psql -U postgres -c"
                                + " '\\password postgres'"),
                job.said());

        pods.password("postgres", "postgres-secret");
        job.mustSucceed();
        assertEquals(ROLE_IS_THERE, job.said().get(2));
    }

    private static int failedLogins(Container server) {
        return linesWith("password authentication failed for user \"postgres\"", server)
                .size();
    }

    private static List<String> linesWith(String text, Container container) {
        return container.output().lines().filter(line -> line.contains(text)).toList();
    }

    @Test
    void aStandbyThatCannotWriteThePasswordSaysSoOnceAndTriesAgain() throws InterruptedException {
        primary.withDataOfAPrimary().start();
        var server = standby.initAndStart();
        primary.awaitStandby(standby);
        var passfile = standby.data.resolve("replicator.passfile");
        var obstacle = standby.data.resolve("replicator.passfile.new");
        Machine.run("mkdir", obstacle.toString());

        pods.password("replicator", "changed");
        Await.until("the complaint", () -> complaints(server, obstacle) > 0, server::output);
        Thread.sleep(2_500); // two more attempts
        assertEquals(1, complaints(server, obstacle));
        assertEquals("*:*:*:replicator:replicator-secret\n", Machine.read(passfile));
        Machine.run("rmdir", obstacle.toString());

        server.awaitSaying(TAKEN);
        assertEquals("*:*:*:replicator:changed\n", Machine.read(passfile));
    }

    private static long complaints(Container server, Path obstacle) {
        return server.said().stream()
                .filter(line -> line.startsWith("the password of replicator has changed, but cannot be written here: ")
                        && line.endsWith(obstacle + ": Is a directory"))
                .count();
    }
}
