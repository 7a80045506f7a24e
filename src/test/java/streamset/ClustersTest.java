package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.Context;
import com.pulumi.Log;
import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;
import streamset.cluster.ClusterSource;
import streamset.cluster.Place;
import streamset.conf.ConfSource;
import streamset.config.RawConfig;
import streamset.kubernetes.ClusterObjects;
import streamset.kubernetes.NamespaceOwner;
import streamset.kubernetes.StreamingCluster;
import streamset.node.DeployedNodes;
import streamset.problems.Problems;

/** Several clusters in one program. */
@Tag("unit")
class ClustersTest {
    private static final String BILLING = "name: billing\nnamespace: shop\nsecretName: b\ncreateNamespace: false\n";

    private final List<RegisterResourceRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> orders = new TreeMap<>(Map.of(
            "kubernetes:context", "kind",
            "orders:name", "orders",
            "orders:namespace", "shop",
            "orders:replicas", "1",
            "orders:secretName", "o"));
    private String billing = BILLING;
    private Optional<String> billingComponent = Optional.empty();
    private Optional<StackState> state = Optional.of(new StackState(List.of()));
    private NamespaceOwner owner = NamespaceOwner.NOBODY;
    private final List<String> exported = new ArrayList<>();

    @Test
    void areDeclaredInOneNamespace() {
        assertEquals(List.of(), run().errors());
        assertEquals(List.of("orders", "billing"), exported);
        var names = new TreeSet<String>();
        for (var request : requests) {
            var name = request.getType() + "::" + request.getName();
            assertTrue(names.add(name), name);
        }
        assertEquals(
                1,
                requests.stream()
                        .filter(request -> request.getType().endsWith(":Namespace"))
                        .count());
        requests.stream()
                .filter(request -> request.getType().startsWith("kubernetes:"))
                .forEach(request -> {
                    var component = request.getParent().replaceAll(".*::", "");
                    assertTrue(request.getParent().contains(StreamingCluster.TYPE), request::getParent);
                    assertTrue(request.getName().startsWith(component + "-"), request::getName);
                });
    }

    @Test
    void waitForTheNamespaceThatOneOfThemDeclares() {
        run();
        var ofBilling = requests.stream()
                .filter(request -> request.getParent().endsWith("::billing"))
                .toList();
        ofBilling.forEach(request -> assertTrue(
                request.getDependenciesList().stream().anyMatch(urn -> urn.endsWith(":Namespace::orders-namespace")),
                request.getName()));
    }

    @Test
    void areRefusedTogetherAndDeclareNothingThen() {
        orders.put("orders:replicas", "4");
        orders.put("orders:replica", "3");
        billing = BILLING.replace("createNamespace: false", "primary: 7");
        var refused = run();
        assertEquals(List.of(), requests);
        assertEquals(List.of("""
                        4 problems, nothing was changed

                        orders:replicas      = 4
                        problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                        fix                  : pulumi config set orders:replicas 5

                        orders:replica       = 3
                        problem              : no such key, did you mean orders:replicas?
                        fix                  : pulumi config rm orders:replica

                        billing.yaml: primary = 7
                        problem               : must be the ordinal of a pod, 0 … 2: scaling never removes the primary, hand over first
                        fix                   : primary: 0 in billing.yaml

                        billing.yaml: createNamespace = true
                        problem                       : the cluster orders declares the namespace shop already, and only one can
                        fix                           : createNamespace: false in billing.yaml
                        """), refused.errors());
        var error = (UserError) refused.exceptions().stream()
                .filter(UserError.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertEquals(
                "orders:replicas, orders:replica, billing.yaml: primary, billing.yaml: createNamespace",
                error.problems().stream().map(problem -> problem.subject()).collect(Collectors.joining(", ")));
    }

    @Test
    void areEachComparedWithTheirOwnObjects() {
        var before = new ArrayList<StackState.Entry>();
        before.addAll(deployed(orders()));
        before.addAll(deployed(billing()));
        state = Optional.of(new StackState(before));
        orders.put("orders:resources", "{\"cpu\":\"700m\",\"memory\":\"512Mi\"}");
        var plans = new TreeMap<String, String>();
        assertEquals(
                List.of(),
                run(context -> clusters(context)
                                .planned()
                                .forEach(cluster -> plans.put(
                                        cluster.name(), cluster.text("changes").orElseThrow())))
                        .errors());
        assertTrue(plans.get("orders").contains("  orders:resources.cpu  500m  700m  restart\n"), plans.get("orders"));
        assertTrue(plans.get("billing").startsWith("changes: none\n"), plans.get("billing"));

        orders.put("orders:namespace", "depot");
        billing = BILLING.replace("createNamespace: false", "version: 17");
        var refused = run().errors().get(0);
        assertTrue(refused.startsWith("2 problems"), refused);
        assertTrue(
                refused.contains(
                        "pulumi config set orders:namespace shop; for another cluster: pulumi stack init <name>"),
                refused);
        assertTrue(refused.contains("version: 18 in billing.yaml; to go to 17: pulumi stack init <name>"), refused);
    }

    @Test
    void keepTheNamesOfTheirComponents() {
        state = Optional.of(new StackState(deployed(billing())));
        billingComponent = Optional.of("bills");
        assertEquals(List.of("""
                1 problem, nothing was changed

                component            = bills
                problem              : the stack has the cluster billing in the namespace shop as the component billing: Pulumi would make all its objects again, which exist
                fix                  : in the program: ClusterSource.of("billing", …)
                """), run().errors());
    }

    @Test
    void takeOverNoNamespaceOfSomebodyElse() {
        owner = NamespaceOwner.SOMEBODY_ELSE;
        var refused = run().errors().get(0);
        assertTrue(refused.contains("orders:namespace     = shop\nproblem              : exists already"), refused);
        assertTrue(refused.contains("pulumi config set orders:createNamespace false"), refused);
    }

    private ClusterSource orders() {
        return ClusterSource.of(new RawConfig(orders, Set.of()).section("orders"), ConfSource.base());
    }

    private ClusterSource billing() {
        return new ClusterSource(billingComponent, RawConfig.parse("billing.yaml", billing), ConfSource.base());
    }

    /** As the engine knows them. */
    private static List<StackState.Entry> deployed(ClusterSource source) {
        var cluster = source.read(new Problems());
        return ClusterObjects.of(cluster.spec(), new Place(Optional.of("kind"), Optional.empty()), DeployedNodes.NONE)
                .stages()
                .stream()
                .flatMap(ClusterObjects.Stage::objects)
                .map(object -> new StackState.Entry(
                        "urn:pulumi:dev::p::" + StreamingCluster.TYPE + "$k:v1:K::" + cluster.name() + "-"
                                + object.purpose(),
                        object.json()))
                .toList();
    }

    private Clusters clusters(Context context) {
        return Clusters.of(
                context,
                new RawConfig(orders, Set.of()),
                List.of(orders(), billing()),
                new Surroundings(
                        self -> state,
                        (target, names) -> owner,
                        (target, names) -> Optional.empty(),
                        target -> List.of()),
                new Problems());
    }

    private TestResult run() {
        return run(context -> exported.addAll(clusters(context).declare().keySet()));
    }

    private TestResult run(Consumer<Context> program) {
        try {
            return PulumiTestInternal.builder()
                    .options(TestOptions.builder().stackName("dev").build())
                    .standardLogger(PulumiTestInternal.logger(Level.OFF))
                    .monitorDecorator(ignored -> new Recorder())
                    .build()
                    .runTest(context -> Clusters.refusing(() -> {
                        program.accept(context);
                        return context;
                    }));
        } finally {
            PulumiTest.cleanup();
        }
    }

    private final class Recorder extends MockMonitor {
        Recorder() {
            super(new Echo(), Log.ignore());
        }

        @Override
        public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
                Resource resource, RegisterResourceRequest request) {
            if (!request.getType().equals("pulumi:pulumi:Stack")) {
                requests.add(request);
            }
            return super.registerResourceAsync(resource, request);
        }
    }

    private static final class Echo implements Mocks {
        @Override
        public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
            return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), args.inputs));
        }
    }
}
