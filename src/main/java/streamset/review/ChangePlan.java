package streamset.review;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import streamset.cluster.ClusterSpec;
import streamset.plan.Declaration;
import streamset.plan.DeployedObjects;
import streamset.plan.Plan;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Tells what an update of a stack will do, from rendered objects of an earlier revision: no CLI, no plugin, no cluster.
 *
 * <p>Arguments: the stack's name; the revision. The objects come through standard input; nothing there means that the
 * revision does not know the stack.
 */
public final class ChangePlan {
    private static final Path PROJECT = Path.of("");
    private static final YAMLMapper YAML = new YAMLMapper();

    private ChangePlan() {}

    /** Exit code 0: the plan is on standard output; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: make -s plan STACK=<stack> [BASE=<revision>]");
            System.exit(2);
        }
        try {
            var problems = new Problems();
            var manifests = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            var stack = arguments[0];
            var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
            System.out.print(text(PROJECT, stack, file, manifests, arguments[1], problems));
            problems.warnings().stream().map(Problem::text).forEach(warning -> System.err.println("\n" + warning));
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param manifests the objects as they were rendered at the revision; empty when there were none
     * @param problems gets the warnings
     * @throws BadInput when the stack cannot be used, or the change is refused
     */
    static String text(
            Path project, String stack, Path stackFile, String manifests, String revision, Problems problems) {
        var raw = StackFile.read(project, stackFile, problems);
        problems.throwIfAny();
        var spec = ClusterSpec.of(raw, project, stack, problems);
        problems.throwIfAny();
        var wanted = Declaration.of(spec.config(), spec.settings(), spec.files());
        if (manifests.isEmpty()) {
            return Plan.ofFirst(wanted);
        }
        var reviewed = DeployedObjects.read(objects(manifests), wanted);
        if (reviewed.isEmpty()) {
            problems.add(
                    "stacks/" + stack + "/manifests.yaml",
                    "as of " + revision,
                    "is no rendering of a stack: there is neither a StatefulSet nor a volume in it",
                    "make snapshots, and commit what it writes; or name another revision: BASE=<revision>");
        }
        problems.throwIfAny();
        var plan = Plan.of(reviewed.get(), wanted, problems);
        problems.throwIfAny();
        return plan.text("changes since " + revision);
    }

    private static List<JsonNode> objects(String manifests) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifests)) {
            return documents.readAll();
        }
    }
}
