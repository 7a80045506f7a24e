package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;
import streamset.cluster.ProgramVersion;

/** The policy pack under the real engine, which the kubernetes plugin of the tests answers. */
@Tag("cluster")
class PolicyPackIT {
    private static final String PACK = Command.PROJECT.resolve("policy").toString();

    @TempDir
    private Path folder;

    /** One stack through both: starting the engine takes longest. */
    @Test
    void stopsWhatBreaksARuleUntilTheStackWaivesIt() throws IOException {
        var engine = new RealEngine(folder);
        var project = engine.project();
        engine.mustRun(project, Map.of(), "stack", "init", "qa");
        Files.writeString(project.resolve("Pulumi.qa.yaml"), """
                config:
                  kubernetes:context: nowhere
                  streamset:secretName: passwords
                  streamset:keepVolumes: false
                """);

        var preview = engine.run(project, Map.of(), "preview", "--policy-pack", PACK);
        assertNotEquals(0, preview.exitCode(), preview.output());
        for (String words : new String[] {
            "[mandatory]  imageByDigest",
            "its image is docker.io/library/postgres:18",
            "[mandatory]  keepVolumes",
            "it is deleted, with its data, when it is no longer declared",
            "fix: pulumi config set streamset:keepVolumes true; or, if this is intended: pulumi config set --path"
                    + " 'streamset:waivers.keepVolumes' <the reason>",
        }) {
            assertTrue(preview.output().contains(words), preview.output());
        }

        // without the preview that begins it an update ends before the first claim
        var up = engine.run(project, Map.of(), "up", "--yes", "--skip-preview", "--policy-pack", PACK);
        assertNotEquals(0, up.exitCode(), up.output());
        var state = engine.mustRun(project, Map.of(), "stack", "export");
        assertFalse(state.contains("\"kind\": \"PersistentVolumeClaim\""), state);

        Files.writeString(project.resolve("Pulumi.qa.yaml"), """
                config:
                  kubernetes:context: nowhere
                  streamset:secretName: passwords
                  streamset:keepVolumes: false
                  streamset:waivers:
                    imageByDigest: the registry deletes nothing
                    synchronousStandby: nobody misses the last commits
                    keepVolumes: the data are made anew every night
                """);
        var waived = engine.mustRun(project, Map.of(), "preview", "--policy-pack", PACK);
        assertTrue(waived.contains("streamset@v" + ProgramVersion.TEXT), waived);
        assertFalse(waived.contains("[mandatory]"), waived);
    }
}
