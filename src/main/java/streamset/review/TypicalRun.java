package streamset.review;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import streamset.App;
import streamset.problems.Problems;

/** Loads the classes that renderings and previews use, for the class data archive that is created from this run. */
public final class TypicalRun {
    private static final Path PROJECT = Path.of("");
    private static final String STACK = "dev";
    private static final Path STACK_FILE = Path.of("Pulumi.dev.yaml");

    private TypicalRun() {}

    /** Ends with an exit code other than 0, because no engine is running. */
    public static void main(String[] arguments) {
        var rendered = Render.yaml(PROJECT, STACK, STACK_FILE, false);
        ChangePlan.text(PROJECT, STACK, STACK_FILE, rendered, "HEAD", new Problems());
        declareWithOutputs();
        com.pulumi.bootstrap.internal.Main.main(new String[] {"packages"}); // the language host runs this first
        App.main(arguments);
    }

    /** Unlike the renderer, the real engine answers with the state of each object, which the SDK reads. */
    private static void declareWithOutputs() {
        var raw = StackFile.read(PROJECT, STACK_FILE, new Problems());
        Mocks echo =
                args -> CompletableFuture.completedFuture(Mocks.ResourceResult.of(Optional.of(args.name), args.inputs));
        PulumiTest.withMocks(echo)
                .withOptions(TestOptions.builder().stackName(STACK).build())
                .runTest(context -> App.stack(context, raw, PROJECT));
        PulumiTest.cleanup();
    }
}
