package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The objects for the Prometheus operator, as the engine and the API server treat them. No pod is started: they and what they wait for
 * are the only targets of each update. Each test goes on where the last ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("cluster")
class PrometheusOperatorIT {
    /** Definitions of the project's own, of the fields that the program uses: no operator runs on the testbed. */
    private static final String KINDS = "src/test/resources/streamset/cluster/prometheus-operator-minimal.yaml";

    private static final List<String> TARGETS = List.of(
            "**:StreamingCluster::*",
            "**:Namespace::*",
            "**:PersistentVolumeClaim::*",
            "**:ConfigMap::*",
            "**:PrometheusRule::*",
            "**:PodMonitor::*");

    private static final Deployment CLUSTER = new Deployment(
            "dev",
            "streamset-e2e-operator",
            "streamset:metrics.enabled=true",
            "streamset:metrics.rules=prometheusRule",
            "streamset:metrics.labels.release=one");

    @BeforeAll
    static void startFromNothing() {
        Cluster.mustBeTheTestbed("declare kinds in it");
        assumeTrue(CLUSTER.byPulumi(), "skipped: it is about what the engine does");
        forgetKinds();
        CLUSTER.remove();
        CLUSTER.prepare();
    }

    @AfterAll
    static void leaveNothing() {
        if (Cluster.isTestbed() && CLUSTER.byPulumi()) {
            CLUSTER.remove(); // before the kinds: objects go with their kind, which the engine would not notice
            forgetKinds();
        }
    }

    private static void forgetKinds() {
        CLUSTER.kubectl("delete", "--ignore-not-found", "-f", KINDS);
    }

    @Test
    @Order(1)
    void they_are_refused_where_their_kinds_are_not_known() {
        var up = up();
        assertNotEquals(0, up.exitCode());
        assertTrue(up.output().contains("""
                this Kubernetes cluster lacks podmonitors.monitoring.coreos.com and prometheusrules.monitoring.coreos.com\
                """), up.output());
        assertEquals("", CLUSTER.kubectl("get", "namespace", CLUSTER.namespace(), "--ignore-not-found"));
    }

    @Test
    @Order(2)
    void they_are_created() {
        CLUSTER.kubectl("apply", "-f", KINDS);
        CLUSTER.kubectl("wait", "--for=condition=Established", "-f", KINDS, "--timeout=30s");
        mustSucceed(up());
        assertEquals("one < 3", ofRule("one"));
        assertEquals(
                "metrics postgresql server",
                CLUSTER.kubectl(
                        "get",
                        "podmonitor",
                        "postgresql-metrics",
                        "-o",
                        "jsonpath={.spec.podMetricsEndpoints[*].port} {.spec.selector.matchLabels.app\\.kubernetes\\.io/instance}"
                                + " {.spec.selector.matchLabels.app\\.kubernetes\\.io/component}"));
    }

    @Test
    @Order(3)
    void they_change_in_place() {
        var before = uids();
        set("metrics.labels.release", "two");
        set("replicas", "5");
        var up = mustSucceed(up());
        assertTrue(up.contains("PodMonitor postgresql-metrics change: metadata.labels.release from one to two"), up);
        assertEquals("two < 5", ofRule("two"));
        assertEquals(before, uids());
    }

    @Test
    @Order(4)
    void a_config_map_takes_their_place() {
        set("metrics.rules", "configMap");
        var up = mustSucceed(up());
        assertTrue(up.contains("PrometheusRule postgresql-alerts is no longer declared and is removed"), up);
        assertEquals("", uids());
        assertEquals(
                "two",
                CLUSTER.kubectl("get", "configmap", "postgresql-alerts", "-o", "jsonpath={.metadata.labels.release}"));
    }

    /** The label of the PrometheusRule, and how many servers it expects. */
    private static String ofRule(String release) {
        var expression = CLUSTER.kubectl(
                "get",
                "prometheusrule",
                "-l",
                "release=" + release,
                "-o",
                "jsonpath={.items[*].spec.groups[*].rules[?(@.alert==\"StreamsetServersMissing\")].expr}");
        return release + expression.replaceAll(".*(?= < )", "");
    }

    private static String uids() {
        return CLUSTER.kubectl("get", "prometheusrule,podmonitor", "-o", "jsonpath={.items[*].metadata.uid}");
    }

    private static void set(String key, String value) {
        mustSucceed(CLUSTER.pulumi("config", "set", "--path", "streamset:" + key, value));
    }

    private static Command.Result up() {
        var words = new ArrayList<>(List.of("up", "--yes", "--skip-preview"));
        TARGETS.forEach(target -> words.addAll(List.of("--target", target)));
        return CLUSTER.pulumi(words.toArray(String[]::new));
    }

    private static String mustSucceed(Command.Result result) {
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }
}
