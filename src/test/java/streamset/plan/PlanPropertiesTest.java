package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/**
 * What holds of every change: where objects differ, the plan says something or refuses; where what pods are made from
 * differs, it says that they restart. The seed is in every message: -Dplan.seed=… makes other stacks.
 */
@Tag("unit")
class PlanPropertiesTest {
    private static final long SEED = Long.getLong("plan.seed", 13);
    private static final int PAIRS_OF_STACKS = 100;
    private static final String NONE = "changes since yesterday: none\n";
    private static final String TEMPLATE = "/spec/template";

    /** What is left alone once it is there: {@code ignoreChanges}, and a refusal of its own where it matters. */
    private static final List<String> NOT_APPLIED = List.of("/spec/volumeClaimTemplates", "/spec/storageClassName");

    private final Random random = new Random(SEED);

    @Test
    void everyChangedFieldOfEveryObjectIsTold() {
        int cases = 0;
        var draft = StackDraft.withPasswords("hunter2", "hunter3")
                .with("wal", "{\"volume\":{\"size\":\"4Gi\",\"className\":\"fast\"}}")
                .with("primary", "1")
                .with("lost", "[2]");
        var spec = spec(draft).orElseThrow();
        var objects = objects(spec, draft, DeployedNodes.NONE);
        var wanted = WantedObjects.of(objects(spec, draft, DeployedNodes.of(objects)), spec);
        assertEquals(objects, wanted.objects());
        for (var object : objects) {
            for (var mutation : Mutation.all(object, random)) {
                check(mutation, replaced(objects, object, mutation.object()), wanted, object);
                cases++;
            }
        }
        System.out.println("plan.seed " + SEED + ": " + cases + " changed fields");
        assertTrue(cases > 2000, cases + " cases");
    }

    private static void check(Mutation mutation, List<JsonNode> deployed, WantedObjects wanted, JsonNode object) {
        var text = text(DeployedObjects.of(deployed), wanted);
        var seed = "seed " + SEED + ", " + mutation.where() + ":\n" + text;
        boolean applied =
                NOT_APPLIED.stream().noneMatch(path -> mutation.where().contains(path));
        assertTrue(!applied || !text.equals(NONE), seed);
        boolean template = object.path("kind").asString().equals("StatefulSet")
                && !object.at(TEMPLATE).equals(mutation.object().at(TEMPLATE));
        assertTrue(!template || isRefused(text) || text.contains("restart"), seed);
    }

    private static List<JsonNode> replaced(List<JsonNode> objects, JsonNode old, JsonNode now) {
        return objects.stream().map(object -> object == old ? now : object).toList();
    }

    @Test
    void everyChangeOfAStackIsTold() {
        var stacks = new RandomStack(random);
        int cases = 0;
        int tries = 0;
        int refused = 0;
        int none = 0;
        while (cases < PAIRS_OF_STACKS) {
            assertTrue(tries++ < 10 * PAIRS_OF_STACKS, "seed " + SEED + ": hardly a stack can be deployed");
            var pair = stacks.pair();
            var before = spec(pair.get(0));
            var after = spec(pair.get(1));
            if (before.isEmpty() || after.isEmpty()) {
                continue;
            }
            var deployed = objects(before.get(), pair.get(0), DeployedNodes.NONE);
            var wanted = WantedObjects.of(objects(after.get(), pair.get(1), DeployedNodes.of(deployed)), after.get());
            var text = text(DeployedObjects.of(deployed), wanted);
            var seed = "seed " + SEED + ", " + pair + ":\n" + text;
            assertEquals(deployed.equals(wanted.objects()), text.equals(NONE), seed);
            boolean restarts = !template(deployed).equals(template(wanted.objects()));
            assertTrue(!restarts || isRefused(text) || text.contains("restart"), seed);
            refused += isRefused(text) ? 1 : 0;
            none += text.equals(NONE) ? 1 : 0;
            cases++;
        }
        System.out.println("plan.seed " + SEED + ": " + cases + " pairs of stacks, " + refused + " refused, " + none
                + " the same");
    }

    private static boolean isRefused(String text) {
        return text.contains("nothing was changed");
    }

    private static JsonNode template(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asString().equals("StatefulSet"))
                .map(set -> set.at(TEMPLATE))
                .findFirst()
                .orElseThrow();
    }

    private static String text(DeployedObjects deployed, WantedObjects wanted) {
        try {
            var problems = new Problems();
            var plan = Plan.of(deployed, wanted, problems);
            problems.throwIfAny();
            return plan.orElseThrow().text("changes since yesterday");
        } catch (BadInput e) {
            return e.getMessage();
        }
    }

    private static Optional<ClusterSpec> spec(StackDraft draft) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "test", problems);
        return problems.isEmpty() ? Optional.of(spec) : Optional.empty();
    }

    private static List<JsonNode> objects(ClusterSpec spec, StackDraft draft, DeployedNodes deployed) {
        var place = Place.of(Target.from(draft.raw(), new Problems()));
        return new ArrayList<>(sorted(ClusterObjects.of(spec, place, deployed).json()));
    }

    /** An update comes to the check of conf files earlier than a first deployment does. */
    private static List<JsonNode> sorted(List<JsonNode> objects) {
        return objects.stream()
                .sorted((one, other) -> Found.name(one).compareTo(Found.name(other)))
                .toList();
    }
}
