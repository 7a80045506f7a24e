package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.kubernetes.Declarable;
import streamset.node.DeployedNodes;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints the objects of a stack as one YAML stream, in the order in which an update comes to them: no engine, no CLI, no
 * plugin, no cluster.
 *
 * <p>Arguments: the stack's name; {@code --show-secrets}. For what stands in for the engine: {@code --deployed=FILE}, the
 * objects that are there, a list as JSON; {@code --stage=N}, only what is declared at the same time, the first is 1.
 */
public final class Render {
    private static final Path PROJECT = Path.of("");

    private Render() {}

    /**
     * Exit code 0: the stream is on standard output; 1: the problems are on standard error; 2: the call is wrong; 3: there
     * is no such stage.
     */
    public static void main(String[] arguments) throws IOException {
        var options = new ArrayList<>(Arrays.asList(arguments));
        if (options.isEmpty() || options.get(0).startsWith("-")) {
            System.err.println("usage: make -s render STACK=<stack>");
            System.exit(2);
        }
        var stack = options.remove(0);
        try {
            var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
            var deployed = value(options, "--deployed=").map(Path::of);
            var objects =
                    objects(PROJECT, stack, file, deployed.isPresent() ? nodes(deployed.get()) : DeployedNodes.NONE);
            var stage = value(options, "--stage=").map(Integer::valueOf);
            if (stage.isPresent() && stage.get() > objects.stages().size()) {
                System.exit(3);
            }
            System.out.print(yaml(stage.map(number -> stage(objects, number)).orElseGet(() -> all(objects)), options));
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    private static Optional<String> value(List<String> options, String name) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .map(option -> option.substring(name.length()))
                .findFirst();
    }

    private static DeployedNodes nodes(Path file) throws IOException {
        var list = JsonMapper.shared().readTree(Files.readString(file));
        return DeployedNodes.of(list.path("items").valueStream().toList());
    }

    private static List<Declarable> stage(ClusterObjects objects, int number) {
        return objects.stages().get(number - 1).objects().toList();
    }

    private static List<Declarable> all(ClusterObjects objects) {
        return objects.stages().stream().flatMap(ClusterObjects.Stage::objects).toList();
    }

    private static String yaml(List<Declarable> objects, List<String> options) {
        return Manifests.yaml(objects.stream().map(Declarable::json).toList(), options.contains("--show-secrets"));
    }

    /**
     * The objects of a stack.
     *
     * @throws BadInput when the stack's configuration or a conf file cannot be used
     */
    static ClusterObjects objects(Path project, String stack, Path stackFile, DeployedNodes deployed) {
        var problems = new Problems();
        var raw = StackFile.read(project, stackFile, problems);
        problems.throwIfAny();
        var target = Target.from(raw, problems);
        var spec = ClusterSpec.of(raw, project, stack, problems);
        problems.throwIfAny();
        return ClusterObjects.of(spec, Place.of(target), deployed);
    }

    /** The same as YAML, as on a first deployment. */
    static String yaml(Path project, String stack, Path stackFile, boolean showSecrets) {
        return Manifests.yaml(
                objects(project, stack, stackFile, DeployedNodes.NONE).json(), showSecrets);
    }
}
