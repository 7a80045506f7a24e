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

    /** Tells what of Patroni is in effect when it runs. */
    private void tellsItsLooks(String loop) {
        Machine.write(folder.resolve("library/patroni/postgresql/__init__.py"), """
                STOP_POLLING_INTERVAL = 1


                def polling_loop(%s):
                    yield 'theirs'
                """.formatted(loop));
        Machine.write(folder.resolve("library/patroni/__main__.py"), """
                def main():
                    from patroni import postgresql
                    print(next(postgresql.polling_loop(9)), postgresql.polling_loop.__defaults__, postgresql.STOP_POLLING_INTERVAL)
                """);
    }

    @Test
    void hasPatroniLookMoreOften() throws IOException, InterruptedException {
        tellsItsLooks("timeout, interval=1");
        assertEquals(List.of("0 (0.2,) 0.2"), run());
    }

    @Test
    void leavesAPatroniAloneThatLooksAnotherWay() throws IOException, InterruptedException {
        tellsItsLooks("timeout, interval=1, more=2");
        assertEquals(List.of("theirs (1, 2) 0.2"), run());
        Machine.write(folder.resolve("library/patroni/postgresql/__init__.py"), "");
        Machine.write(
                folder.resolve("library/patroni/__main__.py"),
                "def main():\n    from patroni import postgresql\n    print([name for name in vars(postgresql) if name[0] != '_'])\n");
        assertEquals(List.of("['postmaster']"), run());
    }

    /** All that run.py replaces is in the Patroni that we test with, and the bounds of the parameters come out the same. */
    @Test
    void knowsTheRealPatroni() {
        assertEquals("""
                ['conn', 'cmdline', 'env'] ['timeout', 'interval'] (1,) 1
                True True True""", Machine.run(PYTHON, "-c", """
                import inspect
                import pathlib
                import sys

                sys.path[:0] = ['%s', '%s']
                import run
                import yaml
                from patroni import postgresql
                from patroni.postgresql import postmaster

                loop = postgresql.polling_loop
                print(list(inspect.signature(postmaster.pg_ctl_start).parameters), list(inspect.signature(loop).parameters),
                      loop.__defaults__, postgresql.STOP_POLLING_INTERVAL)
                bounds = pathlib.Path(postgresql.__file__).with_name('available_parameters').joinpath('0_postgres.yml').read_text()
                before = yaml.safe_load(bounds)
                run.read_yaml_faster()
                print('parameters' in before, before == yaml.safe_load(bounds), yaml.SafeLoader is yaml.CSafeLoader)
                """.formatted(RUN.getParent(), PatroniPods.installed())));
    }
}
