package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.conf.ProjectDraft;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The real exporter beside real servers: its role, its password, its queries. */
@Tag("server")
class ExporterTest {
    private static final Path QUERIES = Path.of("src/main/resources/streamset/metrics/queries.yaml");
    private static final String MADE = "role streamset_metrics has what metrics need from now on";
    private static final String DENIED = "42501"; // SQLSTATE insufficient_privilege
    private static final Duration AT_ONCE = Duration.ofSeconds(5); // of the grace period, which is a minute and more

    /** A standby has nobody who streams from it, and no slots. */
    private static final Set<String> OF_PRIMARIES = Set.of("streamset_standby", "streamset_slot");

    @AutoClose
    private Pods pods = Pods.of(1);

    private static String onlyServer(Pods pods, Pod pod) {
        return "{server=\"" + pod.address + ":" + pods.port() + "\"}";
    }

    private static String writable(Pods pods, Pod pod) {
        return "streamset_server_writable" + onlyServer(pods, pod).replace("{", "{revision=\"first\",");
    }

    /** The metrics that a query is to come to, one for each column that is no label. */
    private static Set<String> declared(boolean ofPrimary) {
        var names = new TreeSet<String>();
        new YAMLMapper()
                .readTree(Machine.read(QUERIES)).properties().stream()
                        .filter(query -> ofPrimary || !OF_PRIMARIES.contains(query.getKey()))
                        .forEach(query -> query.getValue()
                                .path("metrics")
                                .forEach(column -> column.properties().stream()
                                        .filter(one -> !one.getValue()
                                                .path("usage")
                                                .asString()
                                                .equals("LABEL"))
                                        .forEach(one -> names.add(query.getKey() + "_" + one.getKey()))));
        return names;
    }

    private static Set<String> offered(Exporting exporter) {
        var names = new TreeSet<String>();
        exporter.own().keySet().forEach(name -> names.add(name.replaceAll("\\{.*", "")));
        return names;
    }

    private static void assertSound(Exporting exporter) {
        var series = exporter.series();
        assertEquals(0.0, series.get("pg_exporter_last_scrape_error"));
        series.forEach((name, value) -> assertFalse(value.isNaN() && name.startsWith("streamset"), name));
        assertEquals(
                List.of(),
                series.keySet().stream()
                        .filter(name -> name.startsWith("pg_exporter_user_queries_load_error") && series.get(name) != 0)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void eachQueryReturnsItsSeries(Programs programs) throws SQLException {
        pods.close();
        pods = Pods.of(2, programs);
        var primary = pods.get(0).withMetrics();
        var standby = pods.get(1).withMetrics();
        primary.initAndStart().awaitSaying(MADE);
        pods.job("replicator.sh").mustSucceed();
        standby.initAndStart();
        primary.awaitStandby(standby);
        try (var first = Exporting.of(pods, primary);
                var second = Exporting.of(pods, standby)) {
            first.await(writable(pods, primary), 1);
            second.await(writable(pods, standby), 0);
            second.await("streamset_replay_streaming" + onlyServer(pods, standby), 1);

            assertEquals(declared(true), offered(first));
            assertEquals(declared(false), offered(second));
            assertSound(first);
            assertSound(second);
            var checkpoints = programs.major() < 17
                    ? "pg_stat_bgwriter_checkpoints_timed_total"
                    : "pg_stat_checkpointer_num_timed_total";
            assertTrue(
                    first.series().containsKey(checkpoints),
                    () -> first.series().toString());
            eachExpressionOfTheDashboardReturnsSeries(first, second);
        }
        mayReadStatisticsAndNothingElse(primary);
    }

    /** But for the kubelet's: there is none here. */
    private void eachExpressionOfTheDashboardReturnsSeries(Exporting primary, Exporting standby) {
        var spec = ProjectDraft.in(pods.folder()).spec();
        var set = spec.names().statefulSet();
        LivePrometheus.awaitDashboard(
                pods,
                spec,
                Map.of(set + "-0", primary, set + "-1", standby),
                expression -> !expression.startsWith("kubelet_"));
    }

    private void mayReadStatisticsAndNothingElse(Pod primary) throws SQLException {
        try (var connection = primary.connect("streamset_metrics", Machine.read(primary.passwordOfMetrics()));
                var statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SELECT rolpassword FROM pg_authid",
                    "SELECT pg_read_file('/etc/passwd')",
                    "COPY (SELECT 1) TO PROGRAM 'true'",
                    "SELECT pg_promote()",
                    "SELECT pg_reload_conf()",
                    "SELECT streamset.checkpoint()",
                    "SET ROLE postgres",
                    "CREATE DATABASE another",
                    "ALTER SYSTEM SET work_mem = '8MB'")) {
                var refusal = assertThrows(SQLException.class, () -> statement.execute(sql), sql);
                assertEquals(DENIED, refusal.getSQLState(), sql + ": " + refusal.getMessage());
            }
        }
    }

    /** The password of the nodes' role, and that of the superuser, are others. */
    @Test
    void thePasswordIsItsOwn() {
        var primary = pods.get(0).withMetrics().withDataOfAPrimary();
        primary.start().awaitSaying(MADE);
        var password = Machine.read(primary.passwordOfMetrics());

        assertTrue(primary.accepts("streamset_metrics", password));
        assertFalse(primary.accepts("streamset", password));
        assertFalse(primary.accepts("postgres", password));
    }

    @Test
    void theExporterGoesOnWhateverHappens() {
        var primary = pods.get(0).withMetrics().withDataOfAPrimary();
        try (var exporter = Exporting.of(pods, primary)) {
            var server = primary.start();
            server.awaitSaying(MADE);
            exporter.await(writable(pods, primary), 1);

            exporter.killProgram();
            exporter.await(writable(pods, primary), 1);

            pods.password("postgres", "second");
            Await.until(
                    "another password",
                    () -> primary.accepts("streamset_metrics", Machine.read(primary.passwordOfMetrics()))
                            && primary.accepts("postgres", "second"),
                    server::output);
            exporter.await(writable(pods, primary), 1);

            exporter.queries(Machine.read(QUERIES).replace("streamset_wal:", "streamset_changed:"));
            exporter.awaitName("streamset_changed_bytes" + onlyServer(pods, primary));

            server.terminate();
            exporter.await("pg_up", 0);
            assertTrue(exporter.container().isRunning());
            var end = exporter.container().terminate();
            assertTrue(end.compareTo(AT_ONCE) < 0, end::toString);
        }
    }

    @Test
    void aRoleOfSomebodyElseIsLeftAlone() {
        var primary = pods.get(0).withMetrics().withDataOfAPrimary();
        var server = primary.start();
        server.awaitSaying(MADE);
        primary.ask("COMMENT ON ROLE streamset_metrics IS NULL");

        pods.password("postgres", "second");

        server.awaitSaying(
                "the passwords of postgres replicator, or the role streamset or streamset_metrics, cannot be set here,"
                        + " and are tried again: ERROR:  there is a role \"streamset_metrics\" of somebody else");
    }

    @Test
    void nothingOfItIsThereWithoutMetrics() {
        var primary = pods.get(0).withDataOfAPrimary();
        primary.start();
        primary.awaitAnswer(NodeRoleTest.IS_MADE, "1");
        assertEquals("0", primary.ask("SELECT count(*) FROM pg_roles WHERE rolname = 'streamset_metrics'"));
    }
}
