package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the targets print, with a Maven and a Java that only talk. */
@Tag("unit")
class MakefileTest {
    private static final int LIMIT_SECONDS = 30;
    private static final Map<String, String> IDENTITY = Map.of(
            "GIT_AUTHOR_NAME", "a", "GIT_AUTHOR_EMAIL", "a", "GIT_COMMITTER_NAME", "a", "GIT_COMMITTER_EMAIL", "a");

    private record Result(int exitCode, String output, String errors) {}

    @TempDir
    private Path project;

    @BeforeEach
    void isFreshlyCloned() throws IOException, InterruptedException {
        Files.copy(Path.of("Makefile"), project.resolve("Makefile"), StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(project.resolve("src/main"));
        write("pom.xml", "<project/>");
        for (String stack : List.of("dev", "prod", "staging")) {
            write("Pulumi." + stack + ".yaml", "");
        }
        program("mvn", "mkdir -p target; echo 'Maven talks'; touch target/streamset.jar");
        program("java", """
                echo 'NOTE: Picked up JDK_JAVA_OPTIONS' >&2
                case "$*" in
                  -XX:ArchiveClassesAtExit=*) echo 'classes' >"${1#*=}"; echo 'Java talks' ;;
                  *'Render staging'*) echo 'streamset:replicas = 4' >&2; exit 1 ;;
                  *) echo "objects of ${*:3}" ;;
                esac
                """);
        run("git", "init", "-q");
        run("git", "commit", "-q", "--allow-empty", "-m", "nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "explain", "plan"})
    void prints_nothing_but_what_was_asked_for_also_when_the_program_is_built_first(String target) throws Exception {
        var first = run("make", "-s", target);
        var second = run("make", "-s", target);

        var program = Map.of("render", "Render dev", "explain", "Explain dev", "plan", "ChangePlan dev HEAD");
        var output = "objects of streamset.review." + program.get(target) + "\n";
        assertEquals(new Result(0, output, "building the program\nMaven talks\n"), first);
        assertEquals(new Result(0, output, ""), second);
    }

    @Test
    void writes_a_page_about_a_stack_and_prints_its_path_alone() throws Exception {
        Files.createDirectories(project.resolve("tools"));
        for (String script : List.of("report.sh", "base.sh")) {
            Files.copy(Path.of("tools", script), project.resolve("tools").resolve(script));
        }
        run("make", "-s", "build");
        assertEquals(
                new Result(0, "objects of streamset.review.ReportPage --stack=dev\n", ""), run("make", "-s", "report"));
        var compared = run("make", "-s", "report", "STACK=prod", "OUT=a page.html", "BASE=HEAD");
        assertEquals(
                "objects of streamset.review.ReportPage --stack=prod --out=a page.html --base=F --base-name=HEAD (C)\n",
                compared.output().replaceFirst("--base=\\S+", "--base=F").replaceFirst("[(]\\w{7}[)]", "(C)"));
        assertEquals("", compared.errors());
        var stray = run("make", "-s", "report", "BASE=nowhere");
        assertEquals("", stray.output());
        assertTrue(
                stray.errors().startsWith("nowhere is no revision here; what to do: make -s report BASE="),
                stray.errors());
    }

    @Test
    void writes_every_snapshot_that_can_be_written_and_fails_for_the_others() throws Exception {
        write("stacks/staging/manifests.yaml", "as it was\n");
        var result = run("make", "-s", "snapshots");

        assertEquals(2, result.exitCode(), result.errors()); // make's own code for a recipe that failed
        assertEquals("wrote stacks/dev/manifests.yaml\nwrote stacks/prod/manifests.yaml\n", result.output());
        assertEquals("""
                building the program
                Maven talks
                stacks/staging/manifests.yaml stays as it was:
                NOTE: Picked up JDK_JAVA_OPTIONS
                streamset:replicas = 4
                not written: staging
                """, result.errors().replaceAll("(?m)^make: .*\n", ""));
        assertEquals("as it was\n", Files.readString(project.resolve("stacks/staging/manifests.yaml")));
        assertEquals(
                "objects of streamset.review.Render prod --snapshot\n",
                Files.readString(project.resolve("stacks/prod/manifests.yaml")));
    }

    private void program(String name, String script) throws IOException {
        write("bin/" + name, "#!/usr/bin/env bash\nset -euo pipefail\n" + script);
        project.resolve("bin/" + name).toFile().setExecutable(true);
    }

    private void write(String name, String text) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Result run(String... command) throws IOException, InterruptedException {
        var output = Files.createTempFile(project, "output", "");
        var errors = Files.createTempFile(project, "errors", "");
        var builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        var environment = builder.environment();
        environment.keySet().removeAll(List.of("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"));
        environment.put("PATH", project.resolve("bin") + ":" + environment.get("PATH"));
        environment.putAll(IDENTITY);
        var process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
