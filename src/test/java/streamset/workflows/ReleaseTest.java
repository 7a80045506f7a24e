package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;

/** Which tags {@code tools/release.sh} makes no release of. */
@Tag("server")
class ReleaseTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<String> FILES = List.of("tools/release.sh", "tools/progress.sh");

    @TempDir
    Path checkout;

    @Test
    void saysAllThatDoesNotFitAtOnceAndBuildsNothing() throws IOException {
        prepare("## [Unreleased]\n\n- new\n\n## [1.2.2]\n\n- old\n");
        Files.writeString(checkout.resolve("changed"), "");

        var refused = release("v1.2");

        assertEquals(1, refused.exitCode());
        assertEquals("""
                tag 'v1.2': pom.xml has version 1.2.3; what to do: tag v1.2.3, or change the version in pom.xml first
                CHANGELOG.md: nothing under '## [1.2.3]'; what to do: put that line in front of what the release brings
                the checkout differs from its commit; what to do: git stash --include-untracked""", refused.output());
        assertFalse(Files.exists(checkout.resolve("target")));
    }

    @Test
    void goesOnToBuildWhatFits() throws IOException {
        prepare("## [Unreleased]\n\n## [1.2.3]\n\n- new\n\n## [1.2.2]\n\n- old\n");

        var built = release("v1.2.3");

        // this checkout has no Makefile, so the build is what fails
        assertEquals(1, built.exitCode(), built.output());
        assertTrue(built.output().contains("failed: building the program"), built.output());
    }

    private void prepare(String changelog) throws IOException {
        for (String file : FILES) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.copy(Path.of(file), checkout.resolve(file));
        }
        Files.writeString(
                checkout.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n  <version>9</version>\n");
        Files.writeString(checkout.resolve("CHANGELOG.md"), changelog);
        Files.writeString(checkout.resolve(".gitignore"), "target/\n");
        bash("git init -q && git add -A && git -c user.name=test -c user.email=test@example.org commit -q -m first");
    }

    private Command.Result release(String tag) {
        return new Command(List.of(checkout.resolve("tools/release.sh").toString(), tag), Map.of(), LIMIT).run();
    }

    private void bash(String command) {
        var result = new Command(List.of("bash", "-c", "cd '" + checkout + "' && " + command), Map.of(), LIMIT).run();
        assertEquals(0, result.exitCode(), result.output());
    }
}
