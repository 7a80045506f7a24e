package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamset.cluster.Command;
import streamset.workflows.Workflow.Step;

/**
 * Runs the jobs of a workflow as GitHub's machines do: every step in order by bash, with nothing in the environment but
 * what the workflow declares and what each machine has. The checkout belongs to somebody else. What a step uses is played by
 * the methods here, and an action or an expression that they do not know ends the test.
 */
final class Runner {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
    private static final Pattern OUTPUT_OF_A_STEP = Pattern.compile("steps\\.(\\w+)\\.outputs\\.(\\w+)");

    private final Path folder;
    private final Origin origin;
    private final FakeGitHub github;
    private final Map<String, String> machine = new HashMap<>();
    private final Map<String, String> expressions = new HashMap<>();
    private int jobs;

    /** What came of a job: whether it succeeded, what its steps wrote, and the outputs of those that have an id. */
    record Ended(boolean succeeded, String log, Map<String, String> outputs) {}

    /** @param folder an empty one */
    Runner(Path folder, Origin origin, FakeGitHub github) throws IOException {
        this.folder = folder;
        this.origin = origin;
        this.github = github;
        var programs = Files.createDirectories(folder.resolve("programs"));
        install("mvn", programs);
        install("java", programs);
        machine.put(
                "PATH",
                String.join(":", programs.toString(), github.folder().toString(), "/usr/local/bin:/usr/bin:/bin"));
        machine.put("CI", "true");
        machine.put("GITHUB_ACTIONS", "true");
        machine.put("GITHUB_REPOSITORY", FakeGitHub.REPOSITORY);
        machine.put("GITHUB_SERVER_URL", "https://github.com");
        machine.put("GITHUB_RUN_ID", "77");
        expressions.put("!cancelled()", "true");
        expressions.put("github.token", "token-of-the-job");
        expressions.put("github.event.repository.default_branch", "main");
    }

    private static void install(String name, Path programs) throws IOException {
        try (var resource = Runner.class.getResourceAsStream(name + ".sh")) {
            var text = new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PROJECT@", Command.PROJECT.toString())
                    .replace("@JAVA@", System.getProperty("java.home") + "/bin/java");
            var program = Files.writeString(programs.resolve(name), text);
            program.toFile().setExecutable(true);
        }
    }

    /** What an expression of the workflows stands for. */
    Runner with(String expression, String value) {
        expressions.put(expression, value);
        return this;
    }

    /** A variable that every machine has. */
    void machineHas(String variable, String value) {
        machine.put(variable, value);
    }

    /** @param commits the branches that are checked out, the later ones merged into the first */
    Ended run(String workflow, String job, String... commits) throws IOException {
        return new Job(Workflow.read(workflow), job, List.of(commits)).run();
    }

    private final class Job {
        private final Workflow workflow;
        private final String name;
        private final List<String> commits;
        private final Path workspace;
        private final Path temporary;
        private final Map<String, String> outputs = new TreeMap<>();
        private final StringBuilder log = new StringBuilder();

        private Job(Workflow workflow, String name, List<String> commits) throws IOException {
            this.workflow = workflow;
            this.name = name;
            this.commits = commits;
            var place = folder.resolve("job-" + jobs++);
            this.workspace = Files.createDirectories(place.resolve("streamset/streamset"));
            this.temporary = Files.createDirectories(place.resolve("temp"));
            Files.createDirectories(temporary.resolve("home"));
        }

        private Ended run() throws IOException {
            boolean succeeded = true;
            for (var step : workflow.steps(name)) {
                if (succeeded
                        || step.condition().isPresent()
                                && value(step.condition().get()).equals("true")) {
                    log.append("--- ").append(step.name()).append('\n');
                    succeeded &= step.uses().isPresent() ? play(step) : execute(step);
                }
            }
            return new Ended(succeeded, log.toString(), outputs);
        }

        /** As GitHub writes the script of a step into a file and hands it to the shell that the workflow names. */
        private boolean execute(Step step) throws IOException {
            assertEquals("{run={shell=bash}}", workflow.root().get("defaults").toString());
            var script = step.run().orElseThrow();
            assertEquals(script, value(script), "an expression in a script is code that a stranger may write");
            var file = Files.writeString(temporary.resolve("step.sh"), script);
            var output = Files.writeString(temporary.resolve("output"), "");
            var environment = new TreeMap<>(machine);
            environment.put("HOME", temporary.resolve("home").toString());
            environment.put("RUNNER_TEMP", temporary.toString());
            environment.put("GITHUB_WORKSPACE", workspace.toString());
            environment.put("GITHUB_OUTPUT", output.toString());
            environment.put("GITHUB_STEP_SUMMARY", temporary.resolve("summary").toString());
            workflow.env(name).forEach((key, value) -> environment.put(key, value(value)));
            step.env().forEach((key, value) -> environment.put(key, value(value)));
            var words = new ArrayList<>(List.of("env", "-i", "-C", workspace.toString()));
            environment.forEach((key, value) -> words.add(key + "=" + value));
            words.addAll(List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString()));
            var result = new Command(words, Map.of(), LIMIT).run();
            log.append(result.output()).append('\n');
            for (var line : Files.readAllLines(output)) {
                var parts = line.split("=", 2);
                outputs.put(step.id().orElseThrow() + "." + parts[0], parts[1]);
            }
            return result.exitCode() == 0;
        }

        private boolean play(Step step) throws IOException {
            switch (step.uses().orElseThrow().replaceFirst("@.*", "")) {
                case "actions/checkout" -> checkOut(step.with());
                case "actions/setup-java" -> assertEquals("17", step.with().get("java-version"));
                case "actions/upload-artifact" -> upload(step.with());
                case "pulumi/actions" ->
                    machine.merge(
                            "PATH", Command.PROJECT.resolve("tools/bin").toString(), (path, bin) -> path + ":" + bin);
                default -> throw new AssertionError("nobody plays " + step.uses());
            }
            return true;
        }

        /** As GitHub makes the merge of a pull request; the files belong to the user nobody where that can be done. */
        private void checkOut(Map<String, String> with) {
            var chosen = with.containsKey("ref") ? List.of(value(with.get("ref"))) : commits;
            var git = "git -C '" + workspace + "' -c user.name=github -c user.email=github@example.com ";
            shell("git clone -q --branch '" + chosen.get(0) + "' '" + origin.bare() + "' '" + workspace + "'");
            for (var branch : chosen.subList(1, chosen.size())) {
                shell(git + "merge -q --no-ff -m merge 'origin/" + branch + "'");
            }
            if (with.containsKey("sparse-checkout")) {
                shell(git + "sparse-checkout set " + with.get("sparse-checkout"));
            }
            shell("if [ \"$(id -u)\" = 0 ]; then chown -R nobody '" + workspace
                    + "'; else echo 'not root: the checkout is our own'; fi");
        }

        private void upload(Map<String, String> with) throws IOException {
            var from = workspace.resolve(with.get("path"));
            if (Files.exists(from)) {
                var to = Files.createDirectories(github.artifact(with.get("name")));
                shell("cp -r '" + from + "/.' '" + to + "'");
            }
        }

        private void shell(String line) {
            var result = new Command(List.of("bash", "-c", line), Map.of(), LIMIT).run();
            assertEquals(0, result.exitCode(), () -> line + "\n" + result.output());
            log.append(result.output());
        }

        private String value(String text) {
            return EXPRESSION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(valueOf(found.group(1))));
        }

        private String valueOf(String expression) {
            var output = OUTPUT_OF_A_STEP.matcher(expression);
            Function<String, String> unknown = text -> {
                throw new AssertionError("the test does not say what " + text + " is");
            };
            var key = output.matches() ? output.group(1) + "." + output.group(2) : "";
            return outputs.containsKey(key) ? outputs.get(key) : expressions.computeIfAbsent(expression, unknown);
        }
    }
}
