package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.kubernetes.NamespaceOwner;
import streamset.node.DeployedNodes;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the program asks the Kubernetes cluster itself before it declares anything. */
@Tag("unit")
class AppOnAClusterTest {
    private static final String STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

    private static final String MONITOR = "kubernetes:monitoring.coreos.com/v1:PodMonitor";

    private List<String> lacking = List.of(); // of the Prometheus operator

    private final List<Mocks.ResourceArgs> declared = Collections.synchronizedList(new ArrayList<>());

    @Test
    void recordsTheClusterThatItGoesTo() {
        assertEquals(List.of(), run(stack(), List.of()));
        var annotations = annotations(STATEFUL_SET);
        assertEquals("kind", annotations.get("streamset/context"));
        assertEquals("1b2c", annotations.get("streamset/cluster"));
    }

    @Test
    void goesToTheSameClusterByAnotherContext() {
        var before = objects(stack(), Optional.of("1b2c"));
        assertEquals(List.of(), run(stack().with("kubernetes:context", "other"), before));
        assertEquals("other", annotations(STATEFUL_SET).get("streamset/context"));
    }

    @Test
    void goesToNoOtherCluster() {
        var errors = run(stack(), objects(stack(), Optional.of("3d4e")));
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).contains("leads to the Kubernetes cluster 1b2c"), errors.get(0));
        assertFalse(isDeclared(STATEFUL_SET));
    }

    @Test
    void goesToNoOtherClusterWhereItMayNotAsk() {
        var own = stack().with("createNamespace", "false");
        var errors = run(
                own.with("kubernetes:context", "other"),
                objects(stack().with("createNamespace", "false"), Optional.of("1b2c")));
        assertTrue(errors.get(0).contains("was reached by the context kind"), errors.get(0));
        assertFalse(isDeclared(STATEFUL_SET));
    }

    @Test
    void growsNoVolumeThatItsClassDoesNotLetGrow() {
        var before = objects(stack(), Optional.of("1b2c"));
        before.stream()
                .filter(object -> object.path("kind").asString().equals("PersistentVolumeClaim"))
                .forEach(claim -> ((ObjectNode) claim.get("spec")).put("storageClassName", "slow"));
        var errors = run(stack().with("storage", "{\"size\":\"20Gi\"}"), before);
        assertTrue(errors.get(0).contains("the StorageClass slow, which does not let volumes grow"), errors.get(0));
        assertFalse(isDeclared(STATEFUL_SET));
    }

    @Test
    void growsVolumesWhoseClassLetsThemGrow() {
        var before = objects(stack(), Optional.of("1b2c"));
        before.stream()
                .filter(object -> object.path("kind").asString().equals("PersistentVolumeClaim"))
                .forEach(claim -> ((ObjectNode) claim.get("spec")).put("storageClassName", "growing"));
        assertEquals(List.of(), run(stack().with("storage", "{\"size\":\"20Gi\"}"), before));
    }

    private static StackDraft stack() {
        return StackDraft.minimal();
    }

    private static List<JsonNode> objects(StackDraft draft, Optional<String> uid) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "test", problems);
        var place = Place.of(Target.from(draft.raw(), problems)).withUid(uid);
        return ClusterObjects.of(spec, place, DeployedNodes.NONE).json();
    }

    @ParameterizedTest
    @EnumSource(
            value = NamespaceOwner.class,
            names = {"NOBODY", "THIS_CLUSTER", "UNKNOWN"})
    void makesANamespaceThatIsNobodyElses(NamespaceOwner owner) {
        assertEquals(List.of(), run(stack(), List.of(), owner));
        assertTrue(isDeclared("kubernetes:core/v1:Namespace"));
    }

    @Test
    void takesNoNamespaceOverThatSomebodyElseMade() {
        var errors = run(stack().with("namespace", "shop"), List.of(), NamespaceOwner.SOMEBODY_ELSE);
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).contains("""
                1 problem, nothing was changed

                streamset:namespace  = shop
                problem              : exists already, and was not created by this stack, which would take it over and could later delete it, with everything in it
                fix                  : pulumi config set streamset:createNamespace false; or another one: pulumi config set streamset:namespace <name>
                """), errors.get(0));
        assertEquals(List.of(), declared);
    }

    @Test
    void leavesANamespaceAloneThatItDoesNotDeclare() {
        var draft = stack().with("createNamespace", "false");
        assertEquals(List.of(), run(draft, List.of(), NamespaceOwner.SOMEBODY_ELSE));
    }

    private static StackDraft withOperator() {
        return stack().with("metrics", "{\"enabled\":\"true\",\"rules\":\"prometheusRule\"}");
    }

    @Test
    void declaresWhatThePrometheusOperatorReads() {
        assertEquals(List.of(), run(withOperator(), List.of()));
        assertTrue(isDeclared(MONITOR));
        assertTrue(isDeclared("kubernetes:monitoring.coreos.com/v1:PrometheusRule"));
    }

    @Test
    void declaresNothingOfThePrometheusOperatorWhereThatIsNotThere() {
        lacking = List.of("podmonitors.monitoring.coreos.com");
        var errors = run(withOperator(), List.of());
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).contains("""
                1 problem, nothing was changed

                streamset:metrics.rules = prometheusRule
                problem                 : needs the kinds of the Prometheus operator, and this Kubernetes cluster lacks podmonitors.monitoring.coreos.com
                fix                     : install the Prometheus operator; or the rules as a ConfigMap: pulumi config set --path 'streamset:metrics.rules' configMap
                """), errors.get(0));
        assertEquals(List.of(), declared);
        assertEquals(List.of(), run(stack(), List.of()));
    }

    private List<String> run(StackDraft draft, List<JsonNode> deployed) {
        return run(draft, deployed, NamespaceOwner.NOBODY);
    }

    private List<String> run(StackDraft draft, List<JsonNode> deployed, NamespaceOwner owner) {
        Mocks engine = args -> {
            declared.add(args);
            return CompletableFuture.completedFuture(Mocks.ResourceResult.of(Optional.of(args.name), answer(args)));
        };
        try {
            return PulumiTest.withMocks(engine)
                    .withOptions(TestOptions.builder().stackName("test").build())
                    .runTest(context -> Clusters.refusing(() -> App.stack(
                            context,
                            draft.raw(),
                            Path.of(""),
                            new Surroundings(
                                    self -> Optional.of(state(deployed)),
                                    (target, names) -> owner,
                                    (target, names) -> Optional.empty(),
                                    target -> lacking))))
                    .errors();
        } finally {
            PulumiTest.cleanup();
        }
    }

    private static StackState state(List<JsonNode> objects) {
        return new StackState(
                objects.stream().map(object -> new StackState.Entry("", object)).toList());
    }

    /** Of what is read and not declared: the engine answers with what the cluster has. */
    private static Map<String, Object> answer(Mocks.ResourceArgs args) {
        return switch (args.name) {
            case "cluster-identity" -> Map.of("metadata", Map.of("name", "kube-system", "uid", "1b2c"));
            case "growing" -> Map.of("allowVolumeExpansion", true);
            default -> args.inputs;
        };
    }

    private boolean isDeclared(String type) {
        return declared.stream().anyMatch(args -> args.type.equals(type));
    }

    private Map<?, ?> annotations(String type) {
        return declared.stream()
                .filter(args -> args.type.equals(type))
                .map(args -> (Map<?, ?>) ((Map<?, ?>) args.inputs.get("metadata")).get("annotations"))
                .findFirst()
                .orElseThrow();
    }
}
