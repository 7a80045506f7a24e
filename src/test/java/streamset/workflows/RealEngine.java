package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.cluster.Command;

/** The real Pulumi CLI with a local backend, and a kubernetes plugin that needs no Kubernetes. */
public final class RealEngine {
    private static final Path BUILT = Command.PROJECT.resolve("tools/bin");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final Path home;

    /** @param folder an empty one */
    public RealEngine(Path folder) throws IOException {
        var path = Stream.concat(
                Stream.of(BUILT.toString()), Arrays.stream(System.getenv("PATH").split(":")));
        assumeTrue(path.anyMatch(there -> Files.isExecutable(Path.of(there, "pulumi"))), "no pulumi: make tools");
        this.folder = folder;
        this.home = folder.resolve("home");
        Files.createDirectories(folder.resolve("backend"));
        FakeKubernetes.install(home);
    }

    /** A project with this program and the base conf files, in a folder of its own; it has no stack yet. */
    public Path project() throws IOException {
        var project = Files.createDirectory(folder.resolve("project"));
        var jar = Command.PROJECT.resolve("target/streamset.jar").toString();
        Files.writeString(
                project.resolve("Pulumi.yaml"),
                Files.readString(Path.of("Pulumi.yaml")).replace("target/streamset.jar", jar));
        var confFiles = Path.of("src/main/postgresql");
        Files.createDirectories(project.resolve(confFiles));
        for (String name : new String[] {"postgresql.conf", "pg_hba.conf"}) {
            Files.copy(confFiles.resolve(name), project.resolve(confFiles).resolve(name));
        }
        return project;
    }

    Path home() {
        return home;
    }

    /** What a step of a workflow gets to find backend and plugin. */
    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH") + ":" + BUILT);
        environment.put("HOME", System.getenv("HOME"));
        environment.put("PULUMI_HOME", home.toString());
        environment.put("PULUMI_BACKEND_URL", backend());
        environment.put("PULUMI_CONFIG_PASSPHRASE", passphrase());
        return environment;
    }

    String backend() {
        return "file://" + folder.resolve("backend");
    }

    String passphrase() {
        return "passphrase";
    }

    /** Runs the CLI in a project's folder, with nothing in the environment but what it needs and this. */
    public Command.Result run(Path project, Map<String, String> more, String... words) {
        var command = new ArrayList<>(List.of("env", "-i", "-C", project.toString()));
        var environment = environment();
        environment.putAll(more);
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add(Command.PROJECT.resolve("tools/pulumi.sh").toString());
        command.add("--non-interactive");
        command.addAll(Arrays.asList(words));
        return new Command(command, Map.of(), LIMIT).run();
    }

    /** The same, which must succeed. */
    public String mustRun(Path project, Map<String, String> more, String... words) {
        var result = run(project, more, words);
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }
}
