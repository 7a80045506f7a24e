package streamset.review;

import java.nio.file.Path;
import streamset.App;

/**
 * Loads the classes that a rendering and a preview use, so that the class data archive made from this run has them all:
 * renders the dev stack, then runs the program against an engine that is not there.
 */
public final class TypicalRun {
    private TypicalRun() {}

    /** Ends with an exit code other than 0, because no engine answers. */
    public static void main(String[] arguments) {
        Render.yaml(Path.of(""), "dev", Path.of("Pulumi.dev.yaml"), false);
        App.main(arguments);
    }
}
