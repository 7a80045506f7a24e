package streamset.review;

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
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import streamset.cluster.Command;

/** The real CLI in a project folder of its own, with a local backend and one stack, which is called qa. */
final class PulumiCli {
    static final String STACK = "qa";

    static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path BUILT = Command.PROJECT.resolve("tools/bin");

    private final Path project;
    private final Map<String, String> environment = new HashMap<>();

    /** @param folder an empty one, which gets the project */
    PulumiCli(Path folder) throws IOException {
        assumeTrue(
                Stream.concat(
                                Stream.of(BUILT.toString()),
                                Arrays.stream(System.getenv("PATH").split(":")))
                        .anyMatch(there -> Files.isExecutable(Path.of(there, "pulumi"))),
                "no Pulumi CLI; what to do: make tools");
        project = Files.createDirectories(folder.resolve("project"));
        Files.copy(Path.of("Pulumi.yaml"), project.resolve("Pulumi.yaml"));
        environment.put("PULUMI_BACKEND_URL", "file://" + Files.createDirectories(folder.resolve("backend")));
        environment.put("PULUMI_HOME", folder.resolve("home").toString());
        environment.put("PULUMI_CONFIG_PASSPHRASE", "passphrase");
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        environment.put("TZ", "UTC"); // Go names the zone of this machine in dates
        environment.put("PATH", System.getenv("PATH") + ":" + BUILT);
        var made = run("stack", "init", STACK, "--no-select");
        assertEquals(0, made.exitCode(), made.output());
    }

    /** From now on the program declares nothing, and tells what the engine hands to it: in the file {@link #echo}. */
    void useEcho() throws IOException {
        var jar = project.resolve("echo.jar");
        var name = Echo.class.getName().replace('.', '/') + ".class";
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = Echo.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new ZipEntry(name));
            code.transferTo(out);
        }
        set(Echo.FILE, echo().toString());
        var text = Files.readString(Path.of("Pulumi.yaml")).replace("target/streamset.jar", jar.toString());
        Files.writeString(project.resolve("Pulumi.yaml"), text);
    }

    Path echo() {
        return project.resolve("echo");
    }

    Path project() {
        return project;
    }

    Path stackFile() {
        return project.resolve("Pulumi." + STACK + ".yaml");
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    Command.Result run(String... words) {
        return shell("pulumi --non-interactive \"$@\"", words);
    }

    /** Runs a line of bash in the project's folder, where the stack is the chosen one. */
    Command.Result shell(String line, String... words) {
        var all = new ArrayList<>(List.of("bash", "-c", "cd \"$0\" && " + line, project.toString()));
        all.addAll(Arrays.asList(words));
        return new Command(all, environment, LIMIT).run();
    }
}
