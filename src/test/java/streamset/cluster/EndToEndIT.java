package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dev stack through its first days: deployed, hurt, scaled. Each test goes on where the last ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("cluster")
class EndToEndIT {
    // beside a demo that runs on the same two cores
    private static final Deployment CLUSTER = new Deployment(
            "dev",
            "streamset-e2e",
            "streamset:resources.cpu=150m",
            "streamset:storage.size=2Gi",
            "streamset:replicas=3");

    @BeforeAll
    static void startFromNothing() {
        CLUSTER.remove();
    }

    @AfterAll
    static void leaveNothing() {
        CLUSTER.remove();
    }

    @Test
    @Order(1)
    void two_conf_files_become_a_primary_and_two_streaming_standbys() {
        CLUSTER.apply();
        CLUSTER.awaitStreaming(1, 2);
        CLUSTER.awaitSlots(1, 2);
        CLUSTER.assertRowTravels(1, 2);
        assertEquals("scram-sha-256", CLUSTER.sql(0, "SHOW password_encryption"));
        assertEquals("152MB", CLUSTER.sql(2, "SHOW wal_keep_size"));
    }

    @Test
    @Order(2)
    void a_second_apply_changes_nothing() {
        var before = versions();
        if (CLUSTER.byPulumi()) {
            var preview = CLUSTER.pulumi("preview", "--refresh", "--expect-no-changes");
            assertEquals(0, preview.exitCode(), preview.output());
            assertTrue(preview.output().contains("changes to what the stack dev has deployed: none"), preview.output());
        }
        CLUSTER.apply();
        assertEquals(before, versions());
    }

    private static String versions() {
        return CLUSTER.kubectl(
                "get", "configmap,secret,service,pvc,statefulset,job,pod",
                "-o",
                        "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.generation}{\"\\n\"}{end}");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1, 0})
    @Order(3)
    void a_killed_pod_comes_back_streaming(int ordinal) {
        var rows = CLUSTER.sql(0, "SELECT count(*) FROM travel");
        var killed = uid(ordinal);
        CLUSTER.kubectl("delete", "pod", Deployment.pod(ordinal), "--grace-period=0", "--force");
        CLUSTER.await("another " + Deployment.pod(ordinal), () -> {
            var now = CLUSTER.tryKubectl("get", "pod", Deployment.pod(ordinal), "-o", "jsonpath={.metadata.uid}");
            return now.exitCode() == 0 && !now.output().equals(killed);
        });
        CLUSTER.kubectl("wait", "--for=condition=Ready", "pod/" + Deployment.pod(ordinal), "--timeout=120s");
        CLUSTER.awaitStreaming(1, 2);
        assertEquals(rows, CLUSTER.sql(0, "SELECT count(*) FROM travel"));
        CLUSTER.assertRowTravels(1, 2);
    }

    private static String uid(int ordinal) {
        return CLUSTER.kubectl("get", "pod", Deployment.pod(ordinal), "-o", "jsonpath={.metadata.uid}");
    }

    @Test
    @Order(4)
    void it_scales_up_without_restarting_what_runs() {
        var primary = uid(0);
        CLUSTER.apply("streamset:replicas=5");
        CLUSTER.awaitStreaming(1, 2, 3, 4);
        CLUSTER.awaitSlots(1, 2, 3, 4);
        CLUSTER.assertRowTravels(1, 2, 3, 4);
        assertEquals(primary, uid(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1})
    @Order(5)
    void it_scales_down_and_keeps_the_volumes(int replicas) {
        var primary = uid(0);
        CLUSTER.apply("streamset:replicas=" + replicas);
        CLUSTER.await(replicas + " pods", () -> pods() == replicas);
        var standbys = replicas == 3 ? new int[] {1, 2} : new int[] {};
        CLUSTER.awaitStreaming(standbys);
        CLUSTER.awaitSlots(standbys);
        CLUSTER.assertRowTravels();
        assertEquals(primary, uid(0));
        assertEquals(5, CLUSTER.kubectl("get", "pvc", "-o", "name").lines().count());
    }

    private static long pods() {
        return CLUSTER.kubectl("get", "pod", "-l", "app.kubernetes.io/component=server", "-o", "name")
                .lines()
                .count();
    }

    @Test
    @Order(6)
    void after_a_destroy_the_next_deployment_finds_the_data() {
        var rows = CLUSTER.sql(0, "SELECT count(*) FROM travel");
        if (CLUSTER.byPulumi()) {
            var destroy = CLUSTER.pulumi("destroy", "--yes", "--skip-preview");
            assertEquals(0, destroy.exitCode(), destroy.output());
        } else {
            CLUSTER.kubectl("delete", "statefulset,service,configmap,secret,job", "--all", "--timeout=120s");
        }
        CLUSTER.await("no pods", () -> pods() == 0);
        assertEquals(5, CLUSTER.kubectl("get", "pvc", "-o", "name").lines().count());
        CLUSTER.apply("streamset:replicas=3");
        CLUSTER.awaitStreaming(1, 2);
        CLUSTER.awaitSlots(1, 2);
        assertEquals(rows, CLUSTER.sql(0, "SELECT count(*) FROM travel"));
    }

    @Test
    @Order(7)
    void bad_input_changes_nothing() {
        if (!CLUSTER.byPulumi()) {
            return; // the same problems come from the renderer, which has tests of its own
        }
        var before = versions();
        CLUSTER.pulumi("config", "set", "streamset:replicas", "4");
        var up = CLUSTER.pulumi("up", "--yes", "--skip-preview");
        assertNotEquals(0, up.exitCode());
        assertTrue(
                up.output().contains("must be odd (1, 3, 5 …): one primary and an even number of standbys"),
                up.output());
        assertTrue(!up.output().contains("at streamset."), up.output());
        assertEquals(before, versions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    @Order(8)
    void the_api_server_accepts_the_rendered_objects(String stack) {
        var manifests = rendered(stack);
        var namespace = manifests.replaceAll("(?s).*?kind: Namespace.*?\n  name: (\\S+).*", "$1");
        boolean existed = CLUSTER.tryKubectl("get", "namespace", namespace).exitCode() == 0;
        if (!existed) {
            CLUSTER.kubectl("create", "namespace", namespace); // a dry run does not make it for the others
        }
        try {
            var arguments = new String[] {
                "--namespace", namespace, "apply", "--dry-run=server", "--server-side", "--force-conflicts", "-f", "-"
            };
            var output = CLUSTER.kubectlWithInput(manifests, arguments);
            assertEquals(
                    manifests.split("(?m)^---").length - 1,
                    output.lines().filter(l -> l.contains("serverside-applied")).count(),
                    output);
        } finally {
            if (!existed) {
                CLUSTER.kubectl("delete", "namespace", namespace, "--timeout=120s");
            }
        }
    }

    private static String rendered(String stack) {
        var render =
                new Command(List.of("make", "-s", "render", "STACK=" + stack), Map.of(), Duration.ofMinutes(1)).run();
        assertEquals(0, render.exitCode(), render.output());
        return render.output();
    }
}
