package streamset.review;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import streamset.plan.Plan;
import streamset.plan.reading.DeployedObjects;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows what an update of a stack will do, without the CLI or a plugin.
 *
 * <p>Arguments: the stack's name and a revision; standard input has the rendered objects of that revision, or nothing when it
 * does not have the stack. Or, for programs that replace the engine, the stack's name and {@code --deployed=FILE}, the objects
 * in the stack's namespace from {@code kubectl get statefulset,configmap,service,persistentvolumeclaim,poddisruptionbudget,networkpolicy,job,cronjob,storageclass -o
 * json}.
 */
public final class ChangePlan {
    private static final Path PROJECT = Path.of("");
    private static final String DEPLOYED = "--deployed=";

    private ChangePlan() {}

    /** Exit code 0: the plan is on standard output; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: make -s plan STACK=<stack> [BASE=<revision>]");
            System.exit(2);
        }
        var stack = arguments[0];
        var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
        try {
            var problems = new Problems();
            System.out.print(text(stack, file, arguments[1], problems));
            problems.warnings().stream().map(Problem::text).forEach(warning -> System.err.println("\n" + warning));
        } catch (BadInput e) {
            System.err.print(Report.of(e, new StackFiles(PROJECT, stack)));
            System.exit(1);
        }
    }

    private static String text(String stack, Path stackFile, String base, Problems problems) throws IOException {
        if (base.startsWith(DEPLOYED)) {
            var list = Files.readString(Path.of(base.substring(DEPLOYED.length())));
            return ofCluster(PROJECT, stack, stackFile, list, problems);
        }
        var manifests = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        return text(PROJECT, stack, stackFile, manifests, base, problems);
    }

    /**
     * @param manifests the objects as they were rendered at the revision; empty when there were none
     * @param problems receives the warnings
     * @throws BadInput when the stack cannot be used, or the change is refused
     */
    static String text(
            Path project, String stack, Path stackFile, String manifests, String revision, Problems problems) {
        var candidate = Candidate.of(StackFile.read(project, stackFile, problems), project, stack, problems);
        var reviewed = DeployedObjects.of(Candidate.objects(manifests));
        var plan = candidate.plan(reviewed, problems);
        if (plan.isEmpty() && !manifests.isEmpty()) {
            problems.add(
                    "stacks/" + stack + "/manifests.yaml",
                    "as of " + revision,
                    "is not a rendered stack: it contains neither a StatefulSet nor a volume",
                    "make snapshots, and commit what it writes; or use another revision: BASE=<revision>");
        }
        problems.throwIfAny();
        return text(candidate, plan, reviewed, "changes since " + revision);
    }

    /**
     * @param list what was found in the stack's namespace, as JSON
     * @param problems gets the warnings
     * @throws BadInput when the stack cannot be used, or the change is refused
     */
    static String ofCluster(Path project, String stack, Path stackFile, String list, Problems problems) {
        var raw = StackFile.readForTheStandIn(project, stackFile, problems);
        var candidate = Candidate.of(raw, project, stack, problems);
        var items =
                JsonMapper.shared().readTree(list).path("items").valueStream().toList();
        var found = DeployedObjects.listed(items, candidate.spec().names().prefix());
        var plan = candidate.plan(found, problems);
        return text(
                candidate,
                plan,
                found,
                "changes to what the namespace " + candidate.spec().names().namespace() + " has");
    }

    private static String text(Candidate candidate, Optional<Plan> plan, DeployedObjects deployed, String title) {
        return plan.map(changes -> changes.text(title)).orElseGet(() -> Plan.ofFirst(candidate.wanted(deployed)));
    }
}
