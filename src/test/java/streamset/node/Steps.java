package streamset.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts the commands by which a script changes files, and holds it before one of them, so that it can be lost there. */
final class Steps {
    private static final List<String> COMMANDS = List.of("rm", "mkdir", "rmdir", "touch", "cp", "ln", "mv", "sync");

    /** Notes the command, and never comes to run the one whose number is in the file "hold". */
    private static final String COUNTING = """
            #!/bin/bash
            echo "${0##*/} $*" >>%1$s/steps
            if [ "$(/usr/bin/wc -l <%1$s/steps)" = "$(<%1$s/hold)" ]; then
              echo held >%1$s/held
              exec sleep infinity
            fi
            exec "/usr/bin/${0##*/}" "$@"
            """;

    private final Path folder;

    private Steps(Path folder) {
        this.folder = folder;
    }

    /** @param folder a new one */
    static Steps of(Pods pods, Path folder) {
        pods.makeWritable(folder);
        COMMANDS.forEach(command -> pods.program(command, COUNTING.formatted(folder)));
        var steps = new Steps(folder);
        steps.holdNone();
        return steps;
    }

    /** From now on, counting from zero. */
    void holdBefore(int step) {
        Machine.run(
                "rm",
                "-f",
                folder.resolve("steps").toString(),
                folder.resolve("held").toString());
        Machine.write(folder.resolve("hold"), Integer.toString(step));
    }

    /** From now on, counting from zero. */
    void holdNone() {
        holdBefore(0);
    }

    /** Runs the script until it is held, and loses it there. Returns false when it ended before. */
    boolean isLost(Container script) {
        Await.until(
                "the script is held or ends",
                () -> Files.exists(folder.resolve("held")) || !script.isRunning(),
                script::output);
        if (Files.exists(folder.resolve("held"))) {
            script.kill();
            return true;
        }
        script.mustSucceed();
        return false;
    }

    /** The commands so far, with short names for paths. */
    List<String> taken(Pod pod) {
        return Machine.read(folder.resolve("steps"))
                .replace(pod.walVolume.toString(), "WAL")
                .replace(pod.volume.toString(), "DATA")
                .replace(pod.volume.resolveSibling("tmp").toString(), "TMP")
                .lines()
                .toList();
    }
}
