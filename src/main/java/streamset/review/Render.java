package streamset.review;

import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import streamset.App;
import streamset.CalmSdk;
import streamset.config.RawConfig;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/**
 * Prints the objects of a stack as one YAML stream, from the program itself under an in-process mock engine: no CLI, no
 * plugin, no cluster.
 *
 * <p>Arguments: the stack's name; {@code --show-secrets}, or {@code --snapshot} for the form that is kept for reviews.
 */
public final class Render {
    private static final Path PROJECT = Path.of("");

    private Render() {}

    /** Exit code 0: the stream is on standard output; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) {
        var options = Arrays.asList(arguments);
        if (options.isEmpty() || options.get(0).startsWith("-")) {
            System.err.println("usage: make -s render STACK=<stack>");
            System.exit(2);
        }
        var stack = options.get(0);
        try {
            var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
            System.out.print(
                    options.contains("--snapshot")
                            ? snapshot(PROJECT, stack, file)
                            : yaml(PROJECT, stack, file, options.contains("--show-secrets")));
            System.out.flush();
            System.exit(0); // at once: the SDK's threads would take another second to end
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * The objects of a stack as YAML.
     *
     * @throws BadInput when the stack's configuration or a conf file cannot be used
     */
    static String yaml(Path project, String stack, Path stackFile, boolean showSecrets) {
        return Manifests.yaml(objects(project, stack, stackFile), showSecrets);
    }

    /**
     * The objects of a stack as {@code stacks/<stack>/manifests.yaml} keeps them: node scripts by their digests, no secrets.
     *
     * @throws BadInput when the stack's configuration or a conf file cannot be used
     */
    static String snapshot(Path project, String stack, Path stackFile) {
        return Manifests.yaml(Snapshot.of(objects(project, stack, stackFile)), false);
    }

    private static List<Map<String, Object>> objects(Path project, String stack, Path stackFile) {
        var problems = new Problems();
        var raw = StackFile.read(project, stackFile, problems);
        problems.throwIfAny();
        return declared(project, stack, raw).objects();
    }

    private static RecordingEngine declared(Path project, String stack, RawConfig raw) {
        CalmSdk.keepQuiet(); // errors are thrown below
        var engine = new RecordingEngine();
        try {
            var result = PulumiTest.withMocks(engine)
                    .withOptions(TestOptions.builder()
                            .projectName("streamset")
                            .stackName(stack)
                            .build())
                    .runTest(context -> App.stack(context, raw, project));
            for (Exception e : result.exceptions()) {
                throw badInput(e);
            }
        } finally {
            PulumiTest.cleanup();
        }
        return engine;
    }

    private static RuntimeException badInput(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInput bad) {
                return bad;
            }
        }
        return new IllegalStateException("the program failed under the mock engine", thrown);
    }
}
