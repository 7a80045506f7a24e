package streamset.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine. */
final class Command {
    private static final int LIMIT_SECONDS = 120; // mkfs and initdb on a busy machine
    private static final String NOBODY = "65534"; // PostgreSQL refuses to run as root

    private Command() {}

    /** The trimmed output of a command that must succeed. */
    static String run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A command that goes on until it is ended. */
    static Process start(Path log, String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A command line that runs as the user of the servers.
     *
     * @param lastSignal what it gets when this program is gone without having ended it
     */
    static String[] asServerUser(String lastSignal, String... command) {
        var start = Stream.of(
                "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--pdeathsig=" + lastSignal);
        return Stream.concat(start, Stream.of(command)).toArray(String[]::new);
    }

    /** Ends a process by a signal. */
    static void end(Process process, String signal) {
        if (process.isAlive()) {
            run("kill", "-s", signal, Long.toString(process.pid()));
        }
        process.onExit()
                .completeOnTimeout(process, LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }

    /** Makes a folder the servers' own. */
    static void give(Path folder) {
        run("chown", NOBODY + ":" + NOBODY, folder.toString());
    }
}
