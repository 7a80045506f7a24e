package streamset.features.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.kubernetes.ClusterObjects;
import streamset.metrics.AlertRules;
import streamset.metrics.Dashboard;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Change;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** {@code streamset:metrics}, from the stack file to the objects and the plan. */
@Tag("unit")
class MetricsTest {
    private static final String ON = "{\"enabled\":\"true\"}";
    private static final String CLIENTS = "[{\"podSelector\":{\"matchLabels\":{\"app\":\"shop\"}}}]";
    private static final String SCRAPER = "[{\"podSelector\":{\"matchLabels\":{\"app\":\"prometheus\"}}}]";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private ClusterSpec spec(StackDraft draft) {
        var spec = ClusterSpec.of(draft.raw(), ProjectDraft.in(folder).folder(), ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return spec;
    }

    private static StackDraft with(String metrics) {
        return StackDraft.minimal().with("metrics", metrics);
    }

    private KubernetesObjects objects(StackDraft draft) {
        return KubernetesObjects.of(ClusterObjects.of(spec(draft), Place.UNKNOWN, DeployedNodes.NONE)
                .json());
    }

    private JsonNode pod(StackDraft draft) {
        return objects(draft).ofKind("StatefulSet").findFirst().orElseThrow().at("/spec/template");
    }

    private static JsonNode named(JsonNode list, String name) {
        return list.valueStream()
                .filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> mounts(JsonNode container) {
        return container
                .path("volumeMounts")
                .valueStream()
                .map(mount -> mount.path("mountPath").asString()
                        + (mount.path("readOnly").asBoolean(false) ? "" : " (writable)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"enabled\":\"false\"}", "{\"enabled\":\"false\",\"port\":\"9100\"}"})
    void areNotThereByDefault(String metrics) {
        var without = ClusterObjects.of(spec(StackDraft.minimal()), Place.UNKNOWN, DeployedNodes.NONE);
        var with = ClusterObjects.of(spec(with(metrics)), Place.UNKNOWN, DeployedNodes.NONE);
        assertEquals(without.json(), with.json());
    }

    @Test
    void areOfferedByAContainerThatHasNeitherTheSocketNorTheSecret() {
        var pod = pod(with(ON));
        var container = named(pod.at("/spec/containers"), "metrics");

        assertEquals("postgresql", pod.at("/spec/containers/0/name").asString());
        assertEquals(
                "quay.io/prometheuscommunity/postgres-exporter:v0.19.1",
                container.path("image").asString());
        assertEquals(
                List.of("/etc/streamset/exporter", "/etc/streamset/metrics"),
                mounts(container).toList());
        assertEquals(
                "{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},\"readOnlyRootFilesystem\":true}",
                container.path("securityContext").toString());
        assertEquals(container.at("/resources/limits/memory"), container.at("/resources/requests/memory"));
        assertEquals("9187", container.at("/ports/0/containerPort").asString());
        assertEquals(
                "9187",
                pod.at("/metadata/annotations").path("prometheus.io/port").asString());
    }

    /** What the tests run is what the pods run. */
    @Test
    void areOfTheVersionThatTheTestsBuild() throws IOException {
        var image = Metrics.DEFAULT_IMAGE;
        var version = image.substring(image.lastIndexOf(':') + 1);
        assertTrue(Files.readString(Path.of("tools/exporter/go.mod"))
                .contains("github.com/prometheus-community/postgres_exporter " + version + "\n"));
    }

    /** A failing probe would restart the container or make the pod unready, and the server with it. */
    @Test
    void haveNoProbes() {
        var container = named(pod(with(ON)).at("/spec/containers"), "metrics");
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle")) {
            assertFalse(container.has(probe), probe);
        }
    }

    @Test
    void haveTheNodeWriteThePassword() {
        var server = named(pod(with(ON)).at("/spec/containers"), "postgresql");
        assertTrue(mounts(server).toList().contains("/etc/streamset/metrics (writable)"));
        assertEquals(
                "/etc/streamset/metrics/password",
                named(server.path("env"), "METRICS_PASSWORD").path("value").asString());
    }

    @Test
    void areReadThroughTheLoopbackAddressesAlone() {
        var hba = spec(with(ON)).files().pgHbaConf();
        assertTrue(hba.contains("""
                        host postgres streamset_metrics 127.0.0.1/32 scram-sha-256  # streamset:metrics
                        host postgres streamset_metrics ::1/128 scram-sha-256
                        host all streamset_metrics all reject
                        host replication replicator"""), hba);
        assertFalse(spec(StackDraft.minimal()).files().pgHbaConf().contains("streamset_metrics"));
    }

    @Test
    void areReadWithTlsWhereTheServersHaveIt() {
        var draft = with(ON).with("tls", "{\"secretName\":\"postgresql-tls\",\"required\":\"true\"}");
        var exporter = named(pod(draft).at("/spec/containers"), "metrics");
        assertEquals(
                "require",
                named(exporter.path("env"), "METRICS_SSLMODE").path("value").asString());
        var hba = spec(draft).files().pgHbaConf();
        assertTrue(hba.contains("\nhostssl postgres streamset_metrics 127.0.0.1/32 scram-sha-256"), hba);
        assertTrue(hba.indexOf("hostnossl all all all reject") < hba.indexOf("streamset_metrics"), hba);
    }

    @Test
    void areReadByThoseThatTheStackNames() {
        var draft = StackDraft.minimal()
                .with("clients", CLIENTS)
                .with("metrics", "{\"enabled\":\"true\",\"port\":\"9100\",\"clients\":" + SCRAPER + "}");
        var ingress = objects(draft)
                .ofKind("NetworkPolicy")
                .filter(policy -> policy.at("/metadata/name").asString().equals("postgresql-servers"))
                .findFirst()
                .orElseThrow()
                .at("/spec/ingress/2");
        assertEquals(
                "{\"from\":[{\"podSelector\":{\"matchLabels\":{\"app\":\"prometheus\"}}}],"
                        + "\"ports\":[{\"port\":9100,\"protocol\":\"TCP\"}]}",
                ingress.toString());
        assertEquals(List.of(), problems.warnings());
    }

    private Optional<JsonNode> rules(String metrics) {
        return objects(with(metrics))
                .ofKind("ConfigMap")
                .filter(map -> map.at("/metadata/name").asString().equals("postgresql-alerts"))
                .findFirst();
    }

    @Test
    void comeWithRulesForAlertsInAConfigMapWithTheLabelsThatAreAskedFor() {
        var map = rules(
                        "{\"enabled\":\"true\",\"labels\":{\"prometheus\":\"shared\",\"app.kubernetes.io/name\":\"mine\"}}")
                .orElseThrow();
        var labels = map.at("/metadata/labels");
        assertEquals("shared", labels.path("prometheus").asString());
        assertEquals("postgresql", labels.path("app.kubernetes.io/name").asString());
        var text = map.path("data").path("alerts.yaml").asString();
        assertTrue(text.contains("revision!=\"" + spec(with(ON)).files().revision() + "\""), text);
        assertEquals(Optional.empty(), rules("{\"enabled\":\"true\",\"rules\":\"none\"}"));
    }

    @Test
    void comeFromThePrometheusOperatorWhereThatIsAskedFor() {
        var metrics = "{\"enabled\":\"true\",\"rules\":\"prometheusRule\",\"labels\":{\"prometheus\":\"shared\"}}";
        var objects = objects(with(metrics));
        var rule = objects.find("PrometheusRule", "postgresql-alerts").orElseThrow();
        assertEquals("monitoring.coreos.com/v1", rule.path("apiVersion").asString());
        assertEquals("shared", rule.at("/metadata/labels/prometheus").asString());
        assertEquals(
                "StreamsetNoPrimary", rule.at("/spec/groups/0/rules/0/alert").asString());
        var monitor = objects.find("PodMonitor", "postgresql-metrics").orElseThrow();
        assertEquals("shared", monitor.at("/metadata/labels/prometheus").asString());
        assertEquals("""
                {"podMetricsEndpoints":[{"port":"metrics"}],"selector":{"matchLabels":{"app.kubernetes.io/component":"server",\
                "app.kubernetes.io/instance":"postgresql","app.kubernetes.io/name":"postgresql"}}}""", monitor.path("spec").toString());
        assertEquals(Optional.empty(), rules(metrics));
    }

    /** No pod restarts for it. */
    @Test
    void changeHandsInPlace() {
        var plan = new Change(folder)
                .before("metrics", ON)
                .after("metrics", "{\"enabled\":\"true\",\"rules\":\"prometheusRule\"}")
                .plan();
        assertTrue(plan.contains("PrometheusRule postgresql-alerts does not exist and is created: no pause"), plan);
        assertTrue(plan.contains("PodMonitor postgresql-metrics does not exist and is created: no pause"), plan);
        assertTrue(plan.contains("ConfigMap postgresql-alerts"), plan);
        assertFalse(plan.contains("restart"), plan);
    }

    private Optional<JsonNode> dashboard(String metrics) {
        return objects(with(metrics))
                .ofKind("ConfigMap")
                .filter(map -> map.at("/metadata/name").asString().equals("postgresql-dashboard"))
                .findFirst();
    }

    @Test
    void comeWithADashboardThatGrafanaFindsByItsLabel() {
        var map = dashboard(ON).orElseThrow();
        assertEquals("1", map.at("/metadata/labels/grafana_dashboard").asString());
        var spec = spec(with(ON));
        assertEquals(
                List.of(spec.names().namespace() + "-postgresql.json"),
                List.copyOf(map.path("data").propertyNames()));
        assertEquals(
                new Dashboard(spec).text(),
                map.path("data").path(new Dashboard(spec).file()).asString());
        assertEquals(Optional.empty(), dashboard("{\"enabled\":\"true\",\"dashboard\":\"false\"}"));
    }

    @Test
    void haveAnAlertForACertificateThatTheProgramMakes() {
        var draft = with(ON).with("tls", "{\"generate\":\"true\"}")
                .withSecret("certificateSeed", "0123456789abcdef0123456789abcdef");
        assertTrue(new AlertRules(spec(draft)).text().contains("alert: StreamsetCertificateExpires"));
        assertFalse(new AlertRules(spec(with(ON))).text().contains("StreamsetCertificateExpires"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"port":"9100"} | enabled | (not set) | without it there are no metrics, and nothing else here has an effect | pulumi config set --path 'streamset:metrics.enabled' true
            {"enabled":"maybe"} | enabled | maybe | must be true or false | pulumi config set --path 'streamset:metrics.enabled' true
            {"enabled":"true","port":"80"} | port | 80 | must be a whole number, 1024 … 65535 | pulumi config set --path 'streamset:metrics.port' 9187
            {"enabled":"true","port":"5432"} | port | 5432 | is a port of PostgreSQL or Patroni in the same pod | pulumi config set --path 'streamset:metrics.port' 9187
            {"enabled":"true","rules":"some"} | rules | some | must be one of configMap, none, prometheusRule | pulumi config set --path 'streamset:metrics.rules' configMap
            {"enabled":"true","dashboard":"maybe"} | dashboard | maybe | must be true or false | pulumi config set --path 'streamset:metrics.dashboard' true
            {"enabled":"true","image":"No Image"} | image | No Image | must be an image reference, such as docker.io/library/postgres:18 | pulumi config set --path 'streamset:metrics.image' quay.io/prometheuscommunity/postgres-exporter:v0.19.1
            """)
    void areRefused(String metrics, String field, String value, String reason, String fix) {
        var refusal = assertThrows(BadInput.class, () -> spec(with(metrics)));
        var message = refusal.getMessage();
        assertTrue(message.contains("streamset:metrics." + field + " = " + value + "\n"), message);
        assertTrue(message.contains(": " + reason + "\n"), message);
        assertTrue(message.contains(": " + fix), message);
    }

    @Test
    void warnWhereNobodyElseReachesThem() {
        spec(with(ON).with("clients", CLIENTS));
        assertEquals(
                "only streamset:clients reach the pods, and so a Prometheus that is none of them reads no metrics",
                problems.warnings().get(0).reason());
    }

    @Test
    void areSwitchedOnByARestartThatThePlanTells() {
        var plan = new Change(folder).after("metrics", ON).plan();
        assertTrue(plan.contains("  streamset:metrics  ''    quay.io/prometheuscommunity/postgres-exporter:"), plan);
        assertTrue(plan.contains("ConfigMap postgresql-metrics does not exist and is created: no pause"), plan);
        assertTrue(plan.contains("pods restart one at a time"), plan);
        assertFalse(plan.contains("pod.spec"), plan);
    }

    @Test
    void areSwitchedOffInTheSameWay() {
        var plan = new Change(folder).before("metrics", ON).plan();
        assertTrue(plan.contains("ConfigMap postgresql-metrics is no longer declared and is removed: no pause"), plan);
        assertTrue(plan.contains("pods restart one at a time"), plan);
        assertFalse(plan.contains("pod.spec"), plan);
    }

    @Test
    void anotherPortRestartsThePodsToo() {
        var plan = new Change(folder)
                .before("metrics", ON)
                .after("metrics", "{\"enabled\":\"true\",\"port\":\"9100\"}")
                .plan();
        assertTrue(
                plan.contains("pod.spec.containers[metrics].ports[metrics].containerPort  9187  9100  restart"), plan);
    }

    @Test
    void anotherImageIsOneRow() {
        var plan = new Change(folder)
                .before("metrics", ON)
                .after("metrics", "{\"enabled\":\"true\",\"image\":\"mirror.example.org/exporter:v2\"}")
                .plan();
        assertTrue(plan.contains("  mirror.example.org/exporter:v2  restart"), plan);
        assertFalse(plan.contains("pod."), plan);
    }
}
