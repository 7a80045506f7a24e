package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.RawConfig;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.kubernetes.Declarable;
import streamset.node.DeployedNodes;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints the objects of a stack as one YAML stream, in the order in which an update declares them, without engine, CLI, plugin
 * or cluster.
 *
 * <p>Arguments: the stack's name; {@code --show-secrets}; {@code --snapshot} for the reviewed objects; {@code --stages=FILE},
 * for programs that replace the engine: instead of YAML a list of stages as JSON, each with the objects that are {@code
 * awaited} before the next and the {@code others}, for a cluster with the objects of FILE, the output of {@code kubectl get -o
 * json}.
 */
public final class Render {
    private static final Path PROJECT = Path.of("");
    private static final String STAGES = "--stages=";

    private Render() {}

    /** Exit code 0: the objects are on standard output; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) throws IOException {
        var options = Arrays.asList(arguments);
        if (options.isEmpty() || options.get(0).startsWith("-")) {
            System.err.println("usage: make -s render STACK=<stack>");
            System.exit(2);
        }
        var stack = options.get(0);
        var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
        var deployed = options.stream()
                .filter(option -> option.startsWith(STAGES))
                .map(option -> Path.of(option.substring(STAGES.length())))
                .findFirst();
        try {
            System.out.print(
                    deployed.isPresent()
                            ? stages(standIn(PROJECT, stack, file, nodes(deployed.get())))
                            : options.contains("--snapshot")
                                    ? snapshot(PROJECT, stack, file)
                                    : yaml(PROJECT, stack, file, options.contains("--show-secrets")));
        } catch (BadInput e) {
            System.err.print(Report.of(e, new StackFiles(PROJECT, stack)));
            System.exit(1);
        }
    }

    private static DeployedNodes nodes(Path file) throws IOException {
        var list = JsonMapper.shared().readTree(Files.readString(file));
        return DeployedNodes.of(list.path("items").valueStream().toList());
    }

    private static String stages(ClusterObjects objects) {
        var json = JsonMapper.shared();
        return json.writeValueAsString(objects.stages().stream()
                .map(stage -> Map.of(
                        "awaited",
                                stage.awaited().stream().map(Declarable::json).toList(),
                        "others", stage.others().stream().map(Declarable::json).toList()))
                .toList());
    }

    /**
     * The objects of a stack.
     *
     * @throws BadInput when the stack's configuration or a conf file cannot be used
     */
    static ClusterObjects objects(Path project, String stack, Path stackFile, DeployedNodes deployed) {
        var problems = new Problems();
        var raw = StackFile.read(project, stackFile, problems);
        return objects(raw, project, stack, deployed, problems);
    }

    /** The same objects with the passwords that are in the file in clear text, to show or apply them. */
    private static ClusterObjects standIn(Path project, String stack, Path stackFile, DeployedNodes deployed) {
        var problems = new Problems();
        var raw = StackFile.readForTheStandIn(project, stackFile, problems);
        return objects(raw, project, stack, deployed, problems);
    }

    private static ClusterObjects objects(
            RawConfig raw, Path project, String stack, DeployedNodes deployed, Problems problems) {
        problems.throwIfAny();
        var target = Target.from(raw, problems);
        var spec = ClusterSpec.of(raw, project, stack, problems);
        problems.throwIfAny();
        return ClusterObjects.of(spec, Place.of(target), deployed);
    }

    /** The objects of a first deployment as YAML. */
    static String yaml(Path project, String stack, Path stackFile, boolean showSecrets) {
        var objects = showSecrets
                ? standIn(project, stack, stackFile, DeployedNodes.NONE)
                : objects(project, stack, stackFile, DeployedNodes.NONE);
        return Manifests.yaml(objects.json(), showSecrets);
    }

    /** The content of {@code stacks/<stack>/manifests.yaml}: scripts as digests, no secrets. */
    static String snapshot(Path project, String stack, Path stackFile) {
        return Manifests.yaml(
                Snapshot.of(
                        objects(project, stack, stackFile, DeployedNodes.NONE).json()),
                false);
    }
}
