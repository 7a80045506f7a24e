package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.features.DeclaredDatabase;
import streamset.features.DeclaredDatabases;

@Tag("server")
class DatabasesJobTest {
    private static final DeclaredDatabase ORDERS =
            new DeclaredDatabase("orders", "orders", List.of("orders_reader"), List.of("pg_trgm"));
    private static final String ALL_THERE = "all declared databases and their roles are there";
    private static final String DATABASES =
            "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname !~ '^template'";
    private static final String ROLES =
            "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname !~ '^(pg_|streamset$)'";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary =
            pods.get(0).hba("host all all all scram-sha-256\n").withDatabases();

    private Container job(DeclaredDatabase... databases) {
        return job(pods, databases);
    }

    private static Container job(Pods pods, DeclaredDatabase... databases) {
        var declared = new DeclaredDatabases(List.of(databases), Map.of());
        pods.environment(
                Map.of(DeclaredDatabases.VARIABLE, declared.text(), "PASSWORDS_SECRET", "postgresql-passwords"));
        declared.roles().forEach(role -> pods.password(role, secret(role)));
        return pods.job("databases.sh");
    }

    private static String secret(String role) {
        return "planted-" + role;
    }

    private static DeclaredDatabase named(String name) {
        return new DeclaredDatabase(name, "orders", List.of(), List.of());
    }

    private Connection connect(String database, String role) throws SQLException {
        return connect(primary, pods, database, role, secret(role));
    }

    private static Connection connect(Pod server, Pods pods, String database, String role, String password)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password);
        properties.setProperty("PGDBNAME", database);
        return DriverManager.getConnection("jdbc:postgresql://" + server.address + ":" + pods.port() + "/", properties);
    }

    private String ask(String database, String role, String sql) throws SQLException {
        try (var connection = connect(database, role);
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private void isDenied(String database, String role, String sql) {
        var denied = assertThrows(SQLException.class, () -> ask(database, role, sql), sql);
        assertEquals("42501", denied.getSQLState(), denied::getMessage); // insufficient_privilege
    }

    @Test
    void waitsForThePrimaryAndMakesAllThatIsDeclaredThere() throws SQLException {
        var job = job(ORDERS).awaitSaying("waiting for db-0.db-svc to accept connections");

        primary.initAndStart();
        job.mustSucceed();

        assertEquals(
                List.of(
                        "waiting for db-0.db-svc to accept connections",
                        "database orders is made, with all that is declared",
                        ALL_THERE),
                job.said());
        assertEquals("orders postgres", primary.ask(DATABASES));
        assertEquals(
                "orders",
                ask(
                        "orders",
                        "orders",
                        "SELECT rolname FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba"
                                + " WHERE datname = current_database()"));
        assertEquals(
                "orders public",
                ask(
                        "orders",
                        "orders",
                        "SELECT concat_ws(' ', rolname, nspname) FROM pg_extension"
                                + " JOIN pg_roles ON pg_roles.oid = extowner JOIN pg_namespace ON pg_namespace.oid = extnamespace"
                                + " WHERE extname = 'pg_trgm'"));
    }

    @Test
    void theOwnerHasTheDatabaseAndNobodyElseGetsIn() throws SQLException {
        primary.initAndStart();
        job(ORDERS).mustSucceed();
        pods.password("guest", secret("guest"));
        primary.ask("CREATE ROLE guest LOGIN PASSWORD '" + secret("guest") + "'");

        ask("orders", "orders", "CREATE TABLE list(id int); CREATE SCHEMA own; DROP EXTENSION pg_trgm");

        isDenied("orders", "guest", "SELECT 1");
        assertEquals(
                "f f f f f",
                primary.ask("SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)"
                        + " FROM pg_roles WHERE rolname = 'orders'"));
    }

    @Test
    void aReaderReadsWhatItsOwnerHasAndWillHaveAndWritesNothing() throws SQLException {
        primary.initAndStart();
        job(named("orders")).mustSucceed();
        ask(
                "orders",
                "orders",
                "CREATE TABLE earlier AS SELECT 1 AS id; CREATE SCHEMA own;"
                        + " CREATE VIEW own.\"Odd \"\" name\" AS SELECT 2 AS id");

        job(ORDERS).mustSucceed();
        ask(
                "orders",
                "orders",
                "CREATE TABLE later AS SELECT 3 AS id; CREATE SCHEMA other;"
                        + " CREATE TABLE other.last AS SELECT 4 AS id");

        assertEquals(
                "1 2 3 4",
                ask(
                        "orders",
                        "orders_reader",
                        "SELECT string_agg(id::text, ' ' ORDER BY id) FROM (SELECT id FROM earlier"
                                + " UNION ALL SELECT id FROM own.\"Odd \"\" name\" UNION ALL SELECT id FROM later"
                                + " UNION ALL SELECT id FROM other.last) AS rows"));
        for (var write : List.of(
                "INSERT INTO later VALUES (5)",
                "DELETE FROM earlier",
                "CREATE TABLE mine(id int)",
                "CREATE TABLE other.mine(id int)",
                "CREATE SCHEMA mine",
                "CREATE TEMPORARY TABLE mine(id int)")) {
            isDenied("orders", "orders_reader", write);
        }
    }

    @Test
    void runAgainItKeepsWhatIsThereAndSetsAChangedPassword() throws SQLException {
        var everything =
                "SELECT string_agg(concat_ws(' ', oid, datname, datdba, datconnlimit, datacl), ',' ORDER BY oid)"
                        + " FROM pg_database";
        primary.initAndStart();
        primary.awaitNodeRole();
        job(ORDERS).mustSucceed();
        var before = primary.ask(everything);

        pods.password("orders", "changed");
        var again = pods.job("databases.sh").mustSucceed();

        assertEquals(List.of("database orders is there, with all that is declared", ALL_THERE), again.said());
        assertEquals(before, primary.ask(everything));
        connect(primary, pods, "orders", "orders", "changed").close();
    }

    @Test
    void nothingThatIsNoLongerDeclaredIsDropped() throws SQLException {
        primary.initAndStart();
        job(ORDERS, named("second")).mustSucceed();

        job(named("orders")).mustSucceed();

        assertEquals("orders postgres second", primary.ask(DATABASES));
        assertEquals("orders orders_reader postgres", primary.ask(ROLES));
        assertEquals(
                "1", ask("orders", "orders_reader", "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"));
    }

    /** In every place where a shell, psql, SQL, a connection string or pg_hba.conf could take a name for something else. */
    @Test
    void aNameIsNeverExecuted() throws SQLException, IOException {
        var proof = Files.createDirectory(pods.folder().resolve("proof"));
        pods.makeWritable(proof);
        var touch = "touch " + proof + "/x";
        var names = List.of(
                "it's",
                "a\"b",
                "'; DROP ROLE bait; --",
                "\"; DROP ROLE bait; --",
                "$(" + touch + ")",
                "`" + touch.substring(0, Math.min(touch.length(), 50)) + "`",
                "host=127.9.9.9 dbname=postgres",
                "postgresql://127.9.9.9/postgres",
                "dbname='postgres'",
                ":owner :'reader' :\"owner\"",
                "%I %L %s",
                "\\! id",
                "back\\slash\\",
                "E'\\x41'",
                "$$",
                "${HOME}",
                "*",
                " blanks at both ends ",
                "-d",
                "a,b",
                "owner=x",
                "all",
                "sameuser",
                "replication",
                "@file",
                "/^.*$",
                "Groß",
                "ünï€😀",
                "{\"a\": 1}",
                "[x]",
                "#",
                "x".repeat(63),
                "€".repeat(21));
        primary.initAndStart();
        primary.ask("CREATE ROLE bait");

        job(names.stream().map(DatabasesJobTest::named).toArray(DeclaredDatabase[]::new))
                .mustSucceed();

        var expected = new TreeSet<>(names);
        expected.add("postgres");
        assertEquals(expected, made());
        assertEquals("bait orders postgres", primary.ask(ROLES));
        try (var files = Files.list(proof)) {
            assertEquals(List.of(), files.toList());
        }
        for (String name : names) {
            assertEquals(name, ask(name, "orders", "SELECT current_database()"));
        }
    }

    private TreeSet<String> made() throws SQLException {
        var made = new TreeSet<String>();
        try (var connection = primary.connect("postgres", pods.password("postgres"));
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT datname FROM pg_database WHERE NOT datistemplate")) {
            while (rows.next()) {
                made.add(rows.getString(1));
            }
        }
        return made;
    }

    @Test
    void rolesOfEveryFormThatASecretTakesGetTheirRights() throws SQLException {
        primary.initAndStart();

        job(new DeclaredDatabase("one", "Orders-2.x", List.of("-reader", "user", "X_"), List.of()))
                .mustSucceed();

        ask("one", "Orders-2.x", "CREATE TABLE list AS SELECT 7 AS id");
        for (var reader : List.of("-reader", "user", "X_")) {
            assertEquals("7", ask("one", reader, "SELECT id FROM list"));
        }
    }

    /** Where a Job has been killed is where the next one goes on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ROLE orders",
                "CREATE ROLE other",
                "CREATE DATABASE \"%s\" CONNECTION LIMIT 0",
                "CREATE DATABASE \"%s\" OWNER other CONNECTION LIMIT 0"
            })
    void whatIsHalfDoneIsCompleted(String done) throws SQLException {
        primary.initAndStart();
        var unfinished = "streamset."
                + Machine.run("bash", "-c", "printf orders | sha256sum | cut -c 1-32")
                        .strip();
        if (done.contains("other") && done.contains("DATABASE")) {
            primary.ask("CREATE ROLE other");
        }
        primary.ask(done.formatted(unfinished));

        job(ORDERS).mustSucceed();

        assertEquals("orders postgres", primary.ask(DATABASES));
        ask("orders", "orders", "CREATE TABLE list(id int)");
        assertEquals("-1", primary.ask("SELECT datconnlimit FROM pg_database WHERE datname = 'orders'"));
    }

    @Test
    void aDatabaseAppearsOnlyWithAllThatItIsToHave() throws SQLException {
        primary.initAndStart();
        try (var template = connect(primary, pods, "template1", "postgres", pods.password("postgres"));
                var statement = template.createStatement()) {
            statement.execute("DROP SCHEMA public"); // where extensions are made
        }
        pods.constant("actions/databases.sh", "MOST_FAILURES", 2);

        var job = job(ORDERS);

        assertEquals(1, job.exitCode(), job::output);
        assertEquals(3, job.said().size(), job::output);
        assertEquals(
                "db-0.db-svc does not make the databases: ERROR:  schema \"public\" does not exist",
                job.said().get(1));
        assertEquals(
                "what to do: remove the reason, then deploy again: what has been made is kept",
                job.said().get(2));
        assertFalse(primary.ask(DATABASES).contains("orders"));
    }

    @Test
    void whatPeopleHaveMadeOtherwiseIsToldAsAWholeAndNothingIsMade() {
        primary.initAndStart();
        primary.awaitNodeRole();
        primary.ask("CREATE ROLE alice");
        primary.ask("CREATE DATABASE orders OWNER alice");
        primary.ask("CREATE DATABASE closed OWNER alice ALLOW_CONNECTIONS false");
        primary.ask("CREATE ROLE admin SUPERUSER");
        primary.ask("CREATE ROLE copier REPLICATION");
        var roles = primary.ask("SELECT string_agg(r::text, ' ' ORDER BY rolname) FROM pg_authid AS r");

        var job = job(
                ORDERS,
                new DeclaredDatabase("closed", "alice", List.of("admin", "copier"), List.of("nosuch", "lo")),
                named("third"));

        assertEquals(1, job.exitCode(), job::output);
        assertEquals(
                List.of(
                        "database closed is a template, or takes no connections: left as it is",
                        "database orders belongs to the role alice instead of orders: left as it is",
                        "extension nosuch is not in the image of the servers",
                        "role admin has more rights than one of a database: superuser, createrole, replication or"
                                + " bypassrls; left as it is",
                        "role copier has more rights than one of a database: superuser, createrole, replication or"
                                + " bypassrls; left as it is",
                        "nothing was made",
                        "what to do: declare something else, or change what is there by hand; then deploy again"),
                job.said());
        assertEquals("closed orders postgres", primary.ask(DATABASES));
        assertEquals(roles, primary.ask("SELECT string_agg(r::text, ' ' ORDER BY rolname) FROM pg_authid AS r"));
    }

    @Test
    void aDatabaseThatPeopleHaveMadeKeepsItsRights() throws SQLException {
        primary.initAndStart();
        primary.ask("CREATE ROLE orders");
        primary.ask("CREATE DATABASE orders OWNER orders CONNECTION LIMIT 7");
        pods.password("guest", secret("guest"));
        primary.ask("CREATE ROLE guest LOGIN PASSWORD '" + secret("guest") + "'");

        job(ORDERS).mustSucceed();

        assertEquals("orders", ask("orders", "guest", "SELECT current_database()"));
        assertEquals("7", primary.ask("SELECT datconnlimit FROM pg_database WHERE datname = 'orders'"));
        assertEquals(
                "1", ask("orders", "orders_reader", "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"));
    }

    @Test
    void withoutAPasswordForEachRoleNothingIsMade() {
        primary.initAndStart();
        pods.environment(Map.of(
                DeclaredDatabases.VARIABLE,
                "database=orders\nowner=orders\nreader=first\nreader=second",
                "PASSWORDS_SECRET",
                "vault"));
        pods.password("first", secret("first"));
        pods.password("second", "");

        var job = pods.job("databases.sh");

        assertEquals(1, job.exitCode(), job::output);
        assertEquals(
                List.of(
                        "the Secret vault has no password for: orders second",
                        "what to do: kubectl patch secret vault -p"
                                + " \"{\\\"stringData\\\":{\\\"orders\\\":\\\"$(openssl rand -base64 24)\\\","
                                + "\\\"second\\\":\\\"$(openssl rand -base64 24)\\\"}}\","
                                + " or have whoever manages it do that; then deploy again"),
                job.said());
        assertEquals("postgres", primary.ask(DATABASES));
        assertEquals("postgres", primary.ask(ROLES));
    }

    @Test
    void aPasswordOfTwoLinesIsRefused() {
        pods.environment(Map.of(DeclaredDatabases.VARIABLE, "database=orders\nowner=orders"));
        pods.password("orders", "one\ntwo");

        var job = pods.job("databases.sh");

        assertEquals(1, job.exitCode(), job::output);
        assertEquals(
                "the password of orders has more than one line: nobody could log in with it",
                job.said().get(0));
    }

    @Test
    void anythingElseThanDeclarationsIsRefused() {
        pods.environment(Map.of(DeclaredDatabases.VARIABLE, "database=orders\nowner=orders\nDROP DATABASE orders"));

        var job = pods.job("databases.sh");

        assertEquals(1, job.exitCode(), job::output);
        assertTrue(job.said().get(0).startsWith("DATABASES is refused: "), job::output);
    }

    @Test
    void aServerThatDoesNotWriteIsWaitedFor() {
        primary.initAndStart();
        pods.job("replicator.sh").mustSucceed();
        var standby = pods.get(1).withDatabases();
        standby.initAndStart();
        primary.awaitStandby(standby);
        pods.kubeletSleeps(primary);
        pods.kubeletSleeps(standby);
        for (var pod : List.of(primary, standby)) {
            pods.latest(pod).terminate();
            pod.start();
        }
        pods.primary(1);

        var job = job(ORDERS).awaitSaying("waiting for db-1.db-svc to write");

        assertTrue(job.isRunning());
        assertEquals("postgres", primary.ask(DATABASES));
    }

    /** Not even the primary gets one: neither its log nor other sessions, nor whoever lists the processes of the Job. */
    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void noPasswordIsSeenAnywhere(Programs programs) throws SQLException {
        try (var own = Pods.of(1, programs)) {
            var server = own.get(0)
                    .hba("host all all all scram-sha-256\n")
                    .withDatabases()
                    .conf(Pod.LOG_EVERYTHING);
            var log = server.initAndStart();
            server.ask("CREATE ROLE guest LOGIN PASSWORD 'guest-secret' IN ROLE pg_monitor");
            var seen = new ArrayList<String>();
            Container job;
            try (var holder = server.connect("postgres", own.password("postgres"));
                    var lock = holder.createStatement();
                    var guest = server.connect("guest", "guest-secret")) {
                holder.setAutoCommit(false);
                lock.execute("LOCK TABLE pg_authid IN SHARE MODE"); // the Job's statements wait to be looked at
                job = job(own, new DeclaredDatabase("orders", "orders", List.of("reader"), List.of()));
                Await.until("a statement that waits", () -> waits(guest), job::output);
                seen.addAll(everythingVisible(guest));
                holder.rollback();
                while (job.isRunning()) {
                    seen.addAll(everythingVisible(guest));
                }
            }
            job.mustSucceed();

            assertTrue(seen.stream().anyMatch(line -> line.contains("dbname='streamset.")), () -> "" + seen.size());
            seen.addAll(log.output().lines().toList());
            seen.addAll(job.output().lines().toList());
            for (String secret : List.of("planted-", own.password("postgres"))) {
                assertEquals(
                        List.of(),
                        seen.stream().filter(line -> line.contains(secret)).toList());
            }
            assertEquals(
                    List.of(),
                    log.output()
                            .lines()
                            .filter(line -> line.contains("SCRAM-SHA-256$"))
                            .toList());
            assertEquals(
                    "2",
                    server.ask("SELECT count(*) FROM pg_authid WHERE rolname IN ('orders', 'reader')"
                            + " AND rolpassword LIKE 'SCRAM-SHA-256$4096:%'"));
            connect(server, own, "orders", "reader", secret("reader")).close();
        }
    }

    private static boolean waits(Connection guest) {
        return activity(guest).stream().anyMatch(line -> line.startsWith("Lock"));
    }

    private static List<String> everythingVisible(Connection guest) {
        var all = new ArrayList<>(activity(guest));
        all.addAll(commandLines());
        return all;
    }

    private static List<String> activity(Connection guest) {
        var lines = new ArrayList<String>();
        try (var statement = guest.createStatement();
                var rows = statement.executeQuery("SELECT concat_ws(' ', wait_event_type, query) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid()")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> commandLines() {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .map(folder -> commandLine(folder.resolve("cmdline")))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    /** Debian's packages are those of the official image. */
    @Test
    void eachExtensionOfTheListCanBeMade() throws SQLException {
        primary.initAndStart();
        var trusted =
                primary.ask("SELECT string_agg(DISTINCT name, ' ' ORDER BY name) FROM pg_available_extension_versions"
                        + " WHERE trusted AND name <> 'plpgsql'");

        job(new DeclaredDatabase("orders", "orders", List.of(), List.of(trusted.split(" "))))
                .mustSucceed();

        assertEquals(
                trusted,
                ask(
                        "orders",
                        "orders",
                        "SELECT string_agg(extname, ' ' ORDER BY extname::text COLLATE \"default\") FROM pg_extension"
                                + " WHERE extname <> 'plpgsql'"));
    }
}
