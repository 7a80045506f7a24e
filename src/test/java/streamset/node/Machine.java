package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the tests need of this machine, with a message when it is not there. */
final class Machine {
    private static final int COMMAND_LIMIT_SECONDS = 60;
    private static final int BRING_LIMIT_SECONDS = 600;
    private static final boolean ROOT = "0".equals(run("id", "-u"));

    /** PostgreSQL refuses root; the Debian package has made this user and its group. */
    private static final class Server {
        static final String USER = run("id", "-u", "postgres");
        static final String GROUP = run("id", "-g", "postgres");
    }

    private Machine() {}

    /**
     * The start of a command line that runs the rest of it as in a pod: as process 1, alone in its namespaces, not as
     * root, with names that only it resolves, ignoring no signal (a shell in the background hands that down, and bash
     * cannot trap what was ignored before it).
     *
     * @param hosts what is /etc/hosts for it
     */
    static List<String> podCommand(Path hosts) {
        var command = new ArrayList<>(List.of("unshare"));
        if (!ROOT) {
            command.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
        }
        command.addAll(List.of("--mount", "--pid", "--ipc", "--mount-proc", "--fork", "--kill-child"));
        command.addAll(List.of(
                "bash",
                "-c",
                "mount --bind \"$1\" /etc/hosts && shift && exec env --default-signal setpriv \"$@\"",
                "pod",
                hosts.toString(),
                "--no-new-privs"));
        command.addAll(
                ROOT
                        ? List.of("--reuid=" + Server.USER, "--regid=" + Server.GROUP, "--clear-groups")
                        : List.of("--inh-caps=-all", "--ambient-caps=-all"));
        return command;
    }

    /** Makes a folder, and what is in it, the server user's. */
    static void give(Path path) {
        if (ROOT) {
            run("chown", "-R", Server.USER + ":" + Server.GROUP, path.toString());
        }
    }

    /** The trimmed output of a short command that must succeed. */
    static String run(String... command) {
        return runWithin(COMMAND_LIMIT_SECONDS, command);
    }

    /** The folder that a script in tools/ brings a program into. On a new machine the script first tells what it fetches. */
    static String folderFrom(String script) {
        var lines = runWithin(BRING_LIMIT_SECONDS, script).lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** The same of a command that takes longer. */
    static String runWithin(int seconds, String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is no UTF-8 in it becomes question marks. */
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in a folder, sorted; none when there is no folder. */
    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
