package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Resource.RegisterResourceRequest;
import streamset.cluster.ProgramVersion;
import streamset.config.StackDraft;
import tools.jackson.databind.JsonNode;

@Tag("unit")
class StreamingClusterTest {
    private final DeclaredStack stack = DeclaredStack.of(
            StackDraft.withPasswords("one", "two").with("name", "orders").with("namespace", "shop"));

    @Test
    void declaresTheObjectsOfTheDesign() {
        assertEquals(
                """
                apps/v1 StatefulSet shop/orders-sfs
                batch/v1 Job shop/orders-check-#
                batch/v1 Job shop/orders-handover-#
                batch/v1 Job shop/orders-reload-#
                batch/v1 Job shop/orders-replicator-#
                batch/v1 Job shop/orders-restarted-#
                batch/v1 Job shop/orders-slots-#
                batch/v1 Job shop/orders-writable-#
                policy/v1 PodDisruptionBudget shop/orders-pdb
                v1 ConfigMap shop/orders-candidate-#
                v1 ConfigMap shop/orders-configs
                v1 ConfigMap shop/orders-jobs-#
                v1 ConfigMap shop/orders-scripts-#
                v1 ConfigMap shop/orders-topology
                v1 Namespace /shop
                v1 PersistentVolumeClaim shop/data-orders-sfs-0
                v1 PersistentVolumeClaim shop/data-orders-sfs-1
                v1 PersistentVolumeClaim shop/data-orders-sfs-2
                v1 Secret shop/orders-logins
                v1 Secret shop/orders-passwords
                v1 Service shop/orders-primary
                v1 Service shop/orders-read
                v1 Service shop/orders-svc
                """, stack.objects().map(StreamingClusterTest::line).sorted().collect(Collectors.joining()));
    }

    private static String line(JsonNode object) {
        var name = object.at("/metadata/name").asString();
        return object.get("apiVersion").asString() + " " + object.get("kind").asString() + " "
                + object.at("/metadata/namespace").asString("") + "/"
                + name.replaceFirst("-[0-9a-f]{10}$", "-#")
                + "\n";
    }

    @Test
    void putsTheRecommendedLabelsOnEverything() {
        var ofTheNamespace = "pod-security.kubernetes.io/enforce: restricted\n";
        stack.objects()
                .forEach(object -> assertEquals(
                        """
                app.kubernetes.io/instance: orders
                app.kubernetes.io/managed-by: pulumi
                app.kubernetes.io/name: postgresql
                app.kubernetes.io/part-of: streamset
                app.kubernetes.io/version: 18
                """, DeclaredStack.yaml(object.at("/metadata/labels")).replace(ofTheNamespace, "")));
    }

    @Test
    void putsTheVersionOfTheProgramOnEverything() {
        stack.objects()
                .forEach(object -> assertEquals(
                        ProgramVersion.TEXT,
                        object.at("/metadata/annotations/streamset~1version").asString()));
        assertTrue(ProgramVersion.TEXT.matches("\\d+\\.\\d+\\.\\d+.*"), ProgramVersion.TEXT);
    }

    @Test
    void isOneComponentThatOwnsEveryObject() {
        var component = stack.request("StreamingCluster", "orders");
        assertEquals("streamset:index:StreamingCluster", component.getType());
        stack.requests().stream()
                .filter(request -> request.getType().startsWith("kubernetes:"))
                .forEach(request -> assertTrue(
                        request.getParent().endsWith("streamset:index:StreamingCluster::orders"), request::getParent));
    }

    @Test
    void putsNothingIntoANamespaceThatIsNotThere() {
        stack.requests().stream()
                .filter(request -> request.getType().startsWith("kubernetes:"))
                .filter(request -> !request.getType().endsWith(":Namespace"))
                .forEach(request -> assertTrue(needsNamespace(request), request.getName()));
    }

    @Test
    void letsAVolumeThatCannotGrowEndAnUpdateBeforeAnythingElseChanges() {
        stack.requests().stream()
                .filter(request -> request.getType().startsWith("kubernetes:"))
                .filter(request -> !request.getType().matches(".*:(Namespace|PersistentVolumeClaim)"))
                .filter(request ->
                        !request.getName().matches("orders-(candidate|jobs)")) // which change nothing that runs
                .forEach(request -> assertEquals(
                        3,
                        request.getDependenciesList().stream()
                                .filter(urn -> urn.contains(":PersistentVolumeClaim::orders-data-"))
                                .count(),
                        request.getName()));
    }

    private boolean needsNamespace(RegisterResourceRequest request) {
        return request.getDependenciesList().stream()
                .anyMatch(urn -> urn.endsWith(":Namespace::orders-namespace") || needsNamespace(requestFor(urn)));
    }

    private RegisterResourceRequest requestFor(String urn) {
        return stack.requests().stream()
                .filter(request -> urn.endsWith("$" + request.getType() + "::" + request.getName()))
                .findAny()
                .orElseThrow();
    }

    @Test
    void keepsNothingButTheDataAndTheirNamespaceWhenItIsDestroyed() {
        assertEquals(
                "orders-data-0 orders-data-1 orders-data-2 orders-namespace",
                stack.requests().stream()
                        .filter(RegisterResourceRequest::getRetainOnDelete)
                        .map(RegisterResourceRequest::getName)
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }
}
