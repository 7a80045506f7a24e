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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ConfSource;
import streamset.config.Names;
import streamset.config.StackDraft;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.kubernetes.NamespaceOwner;
import streamset.kubernetes.PatroniAnnotations;
import streamset.kubernetes.PlannedCluster;
import streamset.node.DeployedNodes;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who leads where the pods decide that, as previews and outputs tell it. */
@Tag("unit")
class LeaderTest {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private Optional<PatroniAnnotations> now = Optional.empty();
    private Clusters clusters;
    private Object output;

    @Test
    void isWhoHasTheLeaseNow() {
        now = leads(Optional.of("postgresql-sfs-2"));
        run(automatic(), objects(automatic()));
        assertEquals("changes: none\n\n  leads now: postgresql-sfs-2\n", plan());
        assertEquals("postgresql-sfs-2", output);
    }

    @Test
    void isTheOneFromWhichThePlanStarts() {
        now = leads(Optional.of("postgresql-sfs-1"));
        run(automatic().with("resources", "{\"cpu\":\"600m\",\"memory\":\"2Gi\"}"), objects(automatic()));
        assertTrue(plan().contains(", at the primary as number 2 of 3, unless another pod leads then"), plan());
    }

    @Test
    void isNobodyWhileThereIsNoLease() {
        now = leads(Optional.empty());
        run(automatic(), objects(automatic()));
        assertEquals("changes: none\n\n  leads now: no pod has the lease; whichever takes it next\n", plan());
        assertEquals("whichever pod leads", output);
    }

    @Test
    void isWhoLedBeforeWhereNobodyCanRead() {
        run(automatic(), objects(automatic()));
        assertEquals("changes: none\n\n  leads now: whichever pod has the lease, which could not be read\n", plan());
        assertEquals("whichever pod leads", output);

        var found = objects(automatic());
        lead(found, "postgresql-sfs-1");
        run(automatic(), found);
        assertEquals(
                "changes: none\n\n  leads now: whichever pod has the lease, which could not be read; at the last update or"
                        + " refresh it was postgresql-sfs-1\n",
                plan());
    }

    @Test
    void isReadFromObjectsThatAreAsTheyAreNow() {
        var found = objects(automatic());
        lead(found, "postgresql-sfs-1");
        var problems = new Problems();
        var cluster = ClusterSource.of(automatic().raw(), ConfSource.ofProject(Path.of(""), "test"))
                .read(problems);
        var plan = PlannedCluster.of(
                cluster, Place.of(Target.from(automatic().raw(), problems)), Optional.of(found), problems);
        assertEquals(
                "changes: none\n\n  leads now: postgresql-sfs-1\n",
                plan.text("changes").orElseThrow());
        assertEquals(Optional.empty(), plan.changedByHand());
    }

    private static void lead(List<JsonNode> objects, String pod) {
        objects.stream()
                .filter(object -> object.at("/metadata/name").asString().equals("postgresql-leader"))
                .forEach(lease -> ((ObjectNode) lease.at("/metadata/annotations")).put("leader", pod));
    }

    @Test
    void isAskedForWhereThereIsACluster() {
        run(automatic(), List.of());
        assertEquals(List.of("postgresql"), asked, "for the output alone");
        assertFalse(plan().contains("leads now"), plan());
    }

    @Test
    void isDeclaredOtherwise() {
        run(StackDraft.minimal(), objects(StackDraft.minimal()));
        assertEquals(List.of(), asked);
        assertEquals("changes: none\n", plan());
        assertEquals(null, output);
    }

    @Test
    void isToldWithWhatWasChangedByHand() {
        run(automatic(), objects(automatic()));
        assertEquals(Optional.empty(), clusters.planned().get(0).changedByHand());

        var declared = objects(automatic()).stream()
                .filter(object -> object.at("/metadata/name").asString().equals("postgresql-config"))
                .map(object -> object.at("/metadata/annotations/config").asString())
                .findFirst()
                .orElseThrow();
        now = Optional.of(new PatroniAnnotations(
                Optional.empty(), Optional.of(declared.replace("\"max_connections\":\"", "\"max_connections\":\"1"))));
        run(automatic(), objects(automatic()));
        var told = clusters.planned().get(0).changedByHand().orElseThrow();
        assertTrue(
                told.matches(
                        "what Patroni shares among the pods of postgresql was changed by hand \\(patronictl edit-config, or"
                                + " its REST API\\): max_connections from (\\d+) to 1\\1\\. To have the declared values back: pulumi"
                                + " refresh && pulumi up"),
                told);
    }

    private static Optional<PatroniAnnotations> leads(Optional<String> pod) {
        return Optional.of(new PatroniAnnotations(pod, Optional.empty()));
    }

    private static StackDraft automatic() {
        return StackDraft.minimal()
                .with("failover", "automatic")
                .with("image", "example.org/postgres-patroni:18")
                .with("resources", "{\"cpu\":\"500m\",\"memory\":\"2Gi\"}");
    }

    /** As the engine has them. */
    private static List<JsonNode> objects(StackDraft draft) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "test", problems);
        var objects = ClusterObjects.of(spec, Place.of(Target.from(draft.raw(), problems)), DeployedNodes.NONE)
                .json();
        objects.forEach(object -> ((ObjectNode) object.get("metadata")).put("uid", "1b2c"));
        return objects;
    }

    private String plan() {
        return clusters.planned().get(0).text("changes").orElseThrow();
    }

    private void run(StackDraft draft, List<JsonNode> deployed) {
        var state = new StackState(deployed.stream()
                .map(object -> new StackState.Entry("", object))
                .toList());
        var around = new Surroundings(
                self -> Optional.of(state),
                (target, names) -> NamespaceOwner.NOBODY,
                (target, names) -> ask(names),
                target -> List.of());
        Mocks engine =
                args -> CompletableFuture.completedFuture(Mocks.ResourceResult.of(Optional.of(args.name), args.inputs));
        asked.clear();
        try {
            var result = PulumiTest.withMocks(engine)
                    .withOptions(TestOptions.builder().stackName("test").build())
                    .runTest(context -> clusters = App.stack(context, draft.raw(), Path.of(""), around));
            assertEquals(List.of(), result.errors());
            output = Optional.ofNullable(result.outputs().get("leader"))
                    .map(PulumiTest::extractValue)
                    .orElse(null);
        } finally {
            PulumiTest.cleanup();
        }
    }

    private Optional<PatroniAnnotations> ask(Names names) {
        asked.add(names.namespace());
        return now;
    }
}
