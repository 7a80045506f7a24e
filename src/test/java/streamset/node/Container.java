package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A script, or the server it has become, that runs as process 1 of its own process namespace. */
final class Container implements AutoCloseable {
    private static final Pattern SAID = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d (.*)$"); // by the scripts' log()
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String ROLE_MADE = "role streamset has what nodes need of each other from now on";

    private final Process namespaces; // unshare: it waits for process 1, and takes it along when it ends
    private final Path output;

    private Container(Process namespaces, Path output) {
        this.namespaces = namespaces;
        this.output = output;
    }

    static Container run(List<String> command, Map<String, String> environment, Path output) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Container(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it has written so far. */
    String output() {
        return Machine.read(output);
    }

    /** The log of the script, without the times, and without what a primary says once, five seconds after its start or later. */
    List<String> said() {
        return everythingSaid().stream().filter(line -> !line.equals(ROLE_MADE)).toList();
    }

    private List<String> everythingSaid() {
        return output().lines()
                .map(SAID::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    Container awaitSaying(String line) {
        Await.until(
                "the line \"" + line + "\"",
                () -> {
                    var said = everythingSaid().contains(line);
                    if (!said && !namespaces.isAlive() && !everythingSaid().contains(line)) {
                        throw new AssertionError("ended without the line \"" + line + "\":\n" + output());
                    }
                    return said;
                },
                this::output);
        return this;
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() {
        return exitCode(LIMIT);
    }

    private int exitCode(Duration limit) {
        try {
            if (!namespaces.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still runs after " + limit.toSeconds() + " s:\n" + output());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return namespaces.exitValue();
    }

    Container mustSucceed() {
        return mustSucceed(LIMIT);
    }

    /** The same of a script that works for longer. */
    Container mustSucceed(Duration limit) {
        if (exitCode(limit) != 0) {
            throw new AssertionError("ended with " + exitCode() + ":\n" + output());
        }
        return this;
    }

    boolean isRunning() {
        return namespaces.isAlive();
    }

    /** As Kubernetes does first when it ends a container. Returns how long the end took. */
    Duration terminate() {
        return signal("TERM");
    }

    /** As Kubernetes ends the server: the official image declares SIGINT, PostgreSQL's fast shutdown. */
    Duration interrupt() {
        return signal("INT");
    }

    /** As a lost node does: every process of the container, with no warning. */
    Duration kill() {
        return signal("KILL");
    }

    /** As the kernel does when memory runs out: the server's first process alone. */
    void killServer() {
        var server = namespaces
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .filter(process -> process.parent()
                        .flatMap(parent -> parent.info().command())
                        .orElse("")
                        .endsWith("/bash"))
                .findFirst()
                .orElseThrow();
        Machine.run("kill", "-s", "KILL", Long.toString(server.pid()));
    }

    /** All its processes of this program. */
    void kill(String program) {
        var found = namespaces
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + program))
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("no " + program + " runs");
        }
        found.forEach(process -> send("KILL", process));
    }

    /** As a machine does that hangs: its connections stay, and nothing of it runs until {@link #thaw}. */
    void freeze() {
        namespaces.descendants().forEach(process -> send("STOP", process));
    }

    void thaw() {
        namespaces.descendants().forEach(process -> send("CONT", process));
    }

    /** The same without waiting for the end. */
    void requestEnd() {
        namespaces.children().findFirst().ifPresent(process -> send("TERM", process));
    }

    private Duration signal(String name) {
        Await.until(
                "process 1",
                () -> !namespaces.isAlive() || namespaces.children().findAny().isPresent());
        var first = namespaces.children().findFirst();
        long start = System.nanoTime();
        first.ifPresent(process -> send(name, process));
        exitCode();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** To a process that may be ending by itself. */
    private static void send(String signal, ProcessHandle process) {
        try {
            Machine.run("kill", "-s", signal, Long.toString(process.pid()));
        } catch (AssertionError e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        if (namespaces.isAlive()) {
            kill();
        }
    }
}
