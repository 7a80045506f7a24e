package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What conf files, databases and roles set for sessions changes nothing of what the scripts do, on the oldest and newest major. */
@Tag("server")
class SessionSettingsTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";

    /** As somebody could write them for clients, only more so; each by itself has another outcome for a session that takes it. */
    private static final String FOR_CLIENTS = """
            default_transaction_isolation = 'serializable'
            default_transaction_read_only = 'on'
            default_transaction_deferrable = 'on'
            statement_timeout = '1'
            lock_timeout = '1'
            idle_in_transaction_session_timeout = '1'
            idle_session_timeout = '1'
            tcp_user_timeout = '1'
            post_auth_delay = '4'
            search_path = 'trap, pg_catalog'
            password_encryption = 'md5'
            datestyle = 'German, DMY'
            intervalstyle = 'sql_standard'
            timezone = 'Asia/Kathmandu'
            client_encoding = 'LATIN1'
            client_min_messages = 'debug5'
            standard_conforming_strings = 'off'
            synchronous_commit = 'remote_apply'
            session_replication_role = 'replica'
            row_security = 'off'
            work_mem = '64'
            temp_file_limit = '0'
            temp_tablespaces = 'gone'
            exit_on_error = 'on'
            transform_null_equals = 'on'
            array_nulls = 'off'
            quote_all_identifiers = 'on'
            bytea_output = 'escape'
            extra_float_digits = '-15'
            max_stack_depth = '100'
            track_activities = 'off'
            track_counts = 'off'
            jit_above_cost = '0'
            parallel_setup_cost = '0'
            parallel_tuple_cost = '0'
            min_parallel_table_scan_size = '0'
            log_statement = 'all'
            log_min_duration_statement = '0'
            log_error_verbosity = 'verbose'
            debug_print_parse = 'on'
            """;

    private static final String SINCE_17 = """
            restrict_nonsystem_relation_kind = 'view, foreign-table'
            """;

    /** A server's own value counts during the login, before that of a connection. */
    private static final String TRANSACTION_TIMEOUT = "transaction_timeout = ";

    /** Up to 14 a server loads it for replication too, and replicator is not allowed to say otherwise. */
    private static final String LIBRARY = "session_preload_libraries = 'gone'\n";

    private static final String LOCAL_LIBRARY = "local_preload_libraries = 'gone'\n";

    /** In a file it is a mistake. */
    private static final String TABLESPACE = "default_tablespace = 'gone'\n";

    /** What stands before pg_catalog in a path is found first. */
    private static final List<String> TRAPS = List.of(
            "CREATE SCHEMA trap",
            "GRANT USAGE ON SCHEMA trap TO PUBLIC",
            "CREATE FUNCTION trap.pg_is_in_recovery() RETURNS text LANGUAGE sql AS 'SELECT ''maybe''::text'",
            "CREATE FUNCTION trap.current_setting(text) RETURNS text LANGUAGE sql AS 'SELECT ''trap''::text'",
            "CREATE VIEW trap.pg_replication_slots AS SELECT 'db_1'::name AS slot_name",
            "CREATE VIEW trap.pg_roles AS SELECT 'replicator'::name AS rolname",
            "CREATE ROLE guest LOGIN PASSWORD 'guest-secret'");

    private static final List<String> REFUSED_LOGINS = List.of(
            """
            CREATE FUNCTION trap.refuse() RETURNS event_trigger LANGUAGE plpgsql AS
              'BEGIN RAISE EXCEPTION ''nobody gets in''; END'
            """,
            "CREATE EVENT TRIGGER refuse ON login EXECUTE FUNCTION trap.refuse()",
            "ALTER EVENT TRIGGER refuse ENABLE ALWAYS");

    static Stream<Named<Programs>> majors() {
        return Stream.of(Named.of("14", Programs.oldest()), Named.of("18", Programs.newest()));
    }

    private static String conf(Programs programs) {
        return FOR_CLIENTS + (programs.major() >= 17 ? SINCE_17 + TRANSACTION_TIMEOUT + "'3s'\n" : "");
    }

    /** For databases and roles too: whatever can be set there. */
    private static void setForAll(Pod primary, Programs programs) {
        TRAPS.forEach(primary::ask);
        var last = TABLESPACE + LOCAL_LIBRARY + LIBRARY + (programs.major() >= 17 ? TRANSACTION_TIMEOUT + "'1'" : "");
        for (var setting : (conf(programs) + last).lines().toList()) {
            if (!setting.startsWith("post_auth_delay")) { // of the server, and of connections
                var value = setting.replace(", ", "', '");
                primary.ask("ALTER DATABASE postgres SET " + value);
                primary.ask("ALTER ROLE ALL SET " + value);
                primary.ask("ALTER ROLE postgres SET " + value);
            }
        }
        primary.ask("ALTER ROLE postgres SET role = 'guest'");
        primary.ask("ALTER DATABASE postgres SET role = 'guest'");
        if (programs.major() >= 17) {
            REFUSED_LOGINS.forEach(primary::ask);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void aClusterLivesAsWithoutThem(Programs programs) {
        try (var pods = Pods.of(3, programs)) {
            pods.password("replicator", "it's \\ \\' € ä");
            var conf = conf(programs) + LOCAL_LIBRARY + (programs.major() > 14 ? LIBRARY : "");
            var first = pods.get(0).conf(conf);
            var second = pods.get(1).conf(conf);
            var third = pods.get(2).conf(conf);
            first.initAndStart();
            setForAll(first, programs);

            assertEquals(
                    List.of("role replicator has the declared password"),
                    pods.job("replicator.sh").mustSucceed().said());
            assertEquals(
                    "postgres SCRAM-SHA-256,replicator SCRAM-SHA-256",
                    first.ask("SELECT string_agg(concat_ws(' ', rolname, left(rolpassword, 13)), ',' ORDER BY rolname)"
                            + " FROM pg_authid WHERE rolname IN ('postgres', 'replicator')"));
            var server = second.initAndStart();
            third.initAndStart();
            first.awaitStandby(second);
            first.awaitStandby(third);
            first.ask("CREATE TABLE row (id int)");
            first.awaitNodeRole();
            assertEquals(
                    List.of("every declared standby has its slot on db-0.db-svc"),
                    pods.job("slots.sh").mustSucceed().said());
            for (Pod pod : List.of(first, second)) {
                for (String probe : List.of("started", "ready", "alive")) {
                    assertEquals(0, pod.script("probes/" + probe + ".sh").exitCode(), probe);
                }
            }
            assertTrue(first.script("status.sh").mustSucceed().output().contains("db-1 | standby | streaming"));

            pods.revision("second");
            for (Pod pod : List.of(first, second, third)) {
                pod.conf(conf + "checkpoint_timeout = 6min").revision("second");
            }
            pods.job("reload.sh").mustSucceed();
            assertEquals("6min", second.ask("SHOW checkpoint_timeout"));

            pods.job("restarted.sh").mustSucceed();

            pods.primary(1);
            assertEquals(
                    "db-1.db-svc writes",
                    last(pods.job("handover.sh").mustSucceed().said()));
            second.awaitStandby(first);
            second.awaitStandby(third);

            server.kill();
            pods.lost(2, "1");
            assertEquals(
                    "db-2.db-svc writes",
                    last(pods.job("handover.sh").mustSucceed().said()));
            third.ask("INSERT INTO row VALUES (1)");
            third.awaitStandby(first);
            second.initAndStart();
            third.awaitStandby(second);
            assertEquals("t", second.ask(IS_STANDBY));
        }
    }

    private static String last(List<String> said) {
        return said.get(said.size() - 1);
    }

    /** Each parameter that a role can set, as the server itself lists them, has each of its values or both ends once. */
    @ParameterizedTest
    @MethodSource("majors")
    void eachOfThemAtItsEndsChangesNothing(Programs programs) {
        try (var pods = Pods.of(1, programs)) {
            var primary = pods.get(0);
            primary.initAndStart();
            var values = valuesOf(primary);
            assertTrue(values.size() > 130, values::toString);
            int rounds = values.values().stream().mapToInt(List::size).max().orElseThrow();
            for (int round = 0; round < rounds; round++) {
                set(primary, values, round);
                for (String job : List.of("replicator", "slots", "reload", "restarted", "handover")) {
                    pods.job(job + ".sh").mustSucceed();
                }
                assertEquals(0, primary.script("probes/started.sh").exitCode());
                assertTrue(primary.script("status.sh").mustSucceed().output().contains("db-0 | primary | running"));
                primary.ask("DROP ROLE replicator"); // recreated in each round
            }
        }
    }

    private static Map<String, List<String>> valuesOf(Pod primary) {
        var values = new TreeMap<String, List<String>>();
        primary.ask(
                        "SELECT string_agg(name || '=' || array_to_string(ends, '|'), E'\\n') FROM (SELECT name, CASE vartype"
                                + " WHEN 'bool' THEN '{on,off}' WHEN 'enum' THEN enumvals ELSE ARRAY[min_val, max_val] END AS ends"
                                + " FROM pg_settings WHERE context IN ('user', 'superuser') AND vartype <> 'string') AS settings")
                .lines()
                .forEach(line -> values.put(line.split("=")[0], List.of(line.split("=")[1].split("\\|"))));
        return values;
    }

    /** Some cannot be set for roles, and some ends are too far for this machine. */
    private static void set(Pod primary, Map<String, List<String>> values, int round) {
        primary.ask("ALTER ROLE ALL RESET ALL");
        primary.ask("CREATE OR REPLACE PROCEDURE pg_temp.try(statement text) LANGUAGE plpgsql AS"
                + " 'BEGIN EXECUTE statement; EXCEPTION WHEN OTHERS THEN NULL; END';"
                + values.entrySet().stream()
                        .map(entry -> "CALL pg_temp.try('ALTER ROLE ALL SET " + entry.getKey() + " = ''"
                                + entry.getValue().get(round % entry.getValue().size()) + "''');")
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void theCheckOfConfFilesPassesWithThem(Programs programs) {
        try (var pods = Pods.of(1, programs)) {
            var pod = pods.get(0).conf(conf(programs));
            assertEquals(
                    "a server runs with these files\n",
                    pod.check().mustSucceed().output());
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void theEnvironmentOfAnImageChangesNothing(Programs programs) {
        try (var pods = Pods.of(2, programs)) {
            pods.environment(Map.of(
                    "PGHOST", "nowhere",
                    "PGHOSTADDR", "192.0.2.1",
                    "PGPORT", "1",
                    "PGSERVICE", "gone",
                    "PGUSER", "guest",
                    "PGDATABASE", "gone",
                    "PGSSLMODE", "require",
                    "PGTARGETSESSIONATTRS", "prefer-standby",
                    "PGOPTIONS", "-c nonsense=1",
                    "PG_COLOR", "always"));
            var first = pods.get(0);
            var second = pods.get(1);
            first.initAndStart();
            pods.job("replicator.sh").mustSucceed();
            second.initAndStart();
            first.awaitStandby(second);
            for (String probe : List.of("started", "ready", "alive")) {
                assertEquals(0, second.script("probes/" + probe + ".sh").exitCode(), probe);
            }
            var status = first.script("status.sh").mustSucceed().output();
            assertTrue(status.contains("db-1 | standby | streaming"), status);
        }
    }
}
