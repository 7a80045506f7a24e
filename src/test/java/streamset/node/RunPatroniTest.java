package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that runs Patroni, with a Patroni that starts a server as the real one does and tells when it is imported. */
@Tag("server")
class RunPatroniTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path RUN = Path.of("src/main/bash/patroni/run.py").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeEach
    void imitatePatroni() {
        Machine.write(
                folder.resolve("bin/patroni"),
                "#!" + PYTHON + "\nimport sys\nsys.path.insert(0, '" + folder.resolve("library")
                        + "')\nfrom patroni.__main__ import main\nif __name__ == '__main__':\n    sys.exit('not here')\n");
        Machine.run("chmod", "+x", folder.resolve("bin/patroni").toString());
        Machine.write(folder.resolve("library/patroni/__init__.py"), "");
        Machine.write(folder.resolve("library/patroni/__main__.py"), """
                import multiprocessing
                import sys


                def main():
                    from patroni.postgresql import postmaster
                    print('runs with', sys.argv[1:], 'as', open('/proc/self/comm').read().strip(), flush=True)
                    context = multiprocessing.get_context('spawn')
                    ours, theirs = context.Pipe(False)
                    process = context.Process(target=postmaster.pg_ctl_start, args=(theirs, sys.argv[1:], {'WHO': 'server'}))
                    process.start()
                    pid = ours.recv()
                    process.join()
                    print('has no process' if pid is None else 'has a process', flush=True)
                """);
        Machine.write(
                folder.resolve("library/patroni/postgresql/__init__.py"), "print('imports all of it', flush=True)\n");
        postmaster("conn, cmdline, env");
    }

    private void postmaster(String parameters) {
        Machine.write(
                folder.resolve("library/patroni/postgresql/postmaster.py"),
                "import subprocess\n\n\ndef pg_ctl_start(" + parameters
                        + "):\n    conn.send(subprocess.Popen(cmdline, env=env).pid)\n    conn.close()\n");
    }

    private List<String> run(String... server) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(PYTHON, RUN.toString()), Stream.of(server))
                .toList();
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        var process = builder.start();
        try (var output = process.inputReader()) { // to the end of the server too
            var lines = output.lines().collect(Collectors.toList());
            assertEquals(0, process.waitFor(), lines::toString);
            return lines;
        }
    }

    @Test
    void startsTheServerWithoutImportingPatroniAgain() throws IOException, InterruptedException {
        var lines = run("/bin/sh", "-c", "sleep 0.5; echo \"$WHO\"");
        assertEquals(
                List.of(
                        "imports all of it",
                        "runs with ['/bin/sh', '-c', 'sleep 0.5; echo \"$WHO\"'] as patroni",
                        "has a process",
                        "server"),
                lines);
    }

    @Test
    void tellsPatroniThatAServerCannotBeStarted() throws IOException, InterruptedException {
        assertEquals("has no process", run("/nowhere/postgres").get(2));
    }

    @Test
    void leavesAPatroniAloneThatStartsItsServerAnotherWay() throws IOException, InterruptedException {
        postmaster("conn, cmdline, env, more=None");
        var lines = run("/bin/sh", "-c", "sleep 0.5; echo \"$WHO\"");
        assertEquals(2, lines.stream().filter("imports all of it"::equals).count(), lines::toString);
        assertEquals("server", lines.get(lines.size() - 1));
    }
}
