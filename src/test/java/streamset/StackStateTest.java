package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.kubernetes.StreamingCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class StackStateTest {
    private static final String CHAIN =
            "urn:pulumi:dev::shop::" + StreamingCluster.TYPE + "$kubernetes:core/v1:Thing::";

    private static JsonNode object(String kind, String name, String cluster) {
        return JsonMapper.shared().readTree("""
                {"kind": "%s", "metadata": {"name": "%s", "labels": {"app.kubernetes.io/instance": "%s"}}}
                """.formatted(kind, name, cluster));
    }

    private final List<String> asked = new ArrayList<>();

    @Test
    void isWhatTheEngineKeepsOfTheStackThatItUpdates() {
        var state = read(Map.of(
                "urn:a", Map.of("type", "kubernetes:core/v1:ConfigMap", "outputs", Map.of("kind", "ConfigMap"))));
        assertEquals(
                "[Entry[urn=urn:a, object={\"kind\":\"ConfigMap\"}]]",
                state.entries().toString());
        assertEquals(List.of("pulumi:pulumi:readStackResourceOutputs {stackName=organization/streamset/dev}"), asked);
    }

    @Test
    void isEmptyBeforeTheFirstUpdate() {
        assertEquals(List.of(), read(Map.of()).entries());
    }

    private StackState read(Map<String, Object> resources) {
        Mocks engine = new Mocks() {
            @Override
            public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
                throw new AssertionError("nothing is declared");
            }

            @Override
            public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
                asked.add(args.token + " " + args.args);
                return CompletableFuture.completedFuture(Map.of("outputs", resources));
            }
        };
        var read = new ArrayList<StackState>();
        try {
            var result = PulumiTest.withMocks(engine)
                    .withOptions(TestOptions.builder()
                            .projectName("streamset")
                            .stackName("dev")
                            .build())
                    .runTest(context -> read.add(StackState.of(context)));
            assertEquals(List.of(), result.errors());
        } finally {
            PulumiTest.cleanup();
        }
        return read.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "orders-sfs, StatefulSet, orders-sfs, orders, true",
        "orders-data-12, PersistentVolumeClaim, data-orders-sfs-12, orders, true",
        "orders-namespace, Namespace, shop, orders, true",
        "orders-sfs, StatefulSet, postgresql-sfs, postgresql, true", // a component that has another name than its
        // cluster
        "orders-servers-policy, NetworkPolicy, orders-servers, orders, true",
        "orders-backup-full, CronJob, orders-backup-full, orders, true",
        "orders-rules, PrometheusRule, orders-alerts, orders, true",
        "orders-eu-sfs, StatefulSet, orders-eu-sfs, orders-eu, false",
        "orders-backup-sfs, StatefulSet, orders-backup-sfs, orders-backup, false",
        "orders-jobs-jobs-policy, NetworkPolicy, orders-jobs-jobs, orders-jobs, false",
        "orders-eu-data-0, PersistentVolumeClaim, data-orders-eu-sfs-0, orders-eu, false",
        "ordersx-sfs, StatefulSet, ordersx-sfs, ordersx, false",
        "billing-sfs, StatefulSet, billing-sfs, billing, false",
        // as they were called before
        "data-orders-sfs-0, PersistentVolumeClaim, data-orders-sfs-0, orders, true",
        "shop, Namespace, shop, orders, true",
        "shop, Namespace, shop, billing, false",
        "data-billing-sfs-0, PersistentVolumeClaim, data-billing-sfs-0, billing, false",
        "shop, Namespace, other, orders, false"
    })
    void tellsWhoseAnObjectIsByTheNameThatPulumiKnows(
            String name, String kind, String inKubernetes, String cluster, boolean own) {
        var object = object(kind, inKubernetes, cluster);
        var state = new StackState(List.of(new StackState.Entry(CHAIN + name, object)));
        assertEquals(own ? List.of(object) : List.of(), state.of("orders"));
        assertEquals(List.of(object), state.ofOnly("orders"));
        var others = new StackState(List.of(new StackState.Entry("urn:pulumi:dev::shop::a:b:c::" + name, object)));
        assertEquals(List.of(), others.of("orders"));
    }
}
