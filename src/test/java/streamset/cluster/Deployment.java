package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A stack deployed by tools/deploy.sh, and the questions that tests ask it. */
public final class Deployment {
    private static final Duration DEPLOY_LIMIT = Duration.ofMinutes(12);
    private static final Duration KUBECTL_LIMIT = Duration.ofMinutes(3);

    private final Path state;
    private final String stack;
    private final String namespace;
    private final List<String> settings;

    /** @param settings key=value, over those of the stack */
    public Deployment(String stack, String namespace, String... settings) {
        this.state = Command.PROJECT.resolve("target/e2e/" + namespace);
        this.stack = stack;
        this.namespace = namespace;
        this.settings = new ArrayList<>(List.of("streamset:namespace=" + namespace));
        this.settings.addAll(Arrays.asList(settings));
    }

    /** Deploys with further settings; fails when that fails. Says how it was done. */
    public void apply(String... more) {
        var result = tryApply(more);
        result.output()
                .lines()
                .filter(line -> line.contains("kubernetes plugin"))
                .forEach(System.out::println);
        assertEquals(0, result.exitCode(), result.output());
    }

    /** Deploys with further settings, which may fail. */
    Command.Result tryApply(String... more) {
        return deploy(more).run();
    }

    /** Only makes the project with these settings, for who deploys a part of it. */
    void prepare(String... more) {
        checked(script(List.of("tools/deploy.sh", "--prepare"), more).run());
    }

    /** The same as a command, for who goes on meanwhile. */
    public Command deploy(String... more) {
        return script(List.of("tools/deploy.sh"), more);
    }

    private Command script(List<String> script, String... more) {
        var words = new ArrayList<>(script);
        words.addAll(List.of(state.toString(), stack, Cluster.context()));
        words.addAll(settings);
        words.addAll(Arrays.asList(more));
        return command(words, DEPLOY_LIMIT);
    }

    /** The password of the role postgres, once it is deployed. */
    public String password() {
        return password("postgres");
    }

    /** The password of one of the cluster's own roles, once it is deployed. */
    public String password(String role) {
        try {
            return Files.readString(state.resolve(role)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the Pulumi CLI on this stack, in the project that deploy.sh made. */
    public Command.Result pulumi(String... words) {
        var all = new ArrayList<>(List.of(
                "bash",
                "-c",
                "cd \"$0\" && exec \"$@\"",
                state.resolve("project").toString(),
                Command.PROJECT.resolve("tools/pulumi.sh").toString(),
                "--non-interactive",
                "--stack",
                stack));
        all.addAll(Arrays.asList(words));
        return command(all, DEPLOY_LIMIT).run();
    }

    /** Whether objects are deployed by the real engine; else the rendered ones were applied. */
    public boolean byPulumi() {
        var words = List.of(Command.PROJECT.resolve("tools/pulumi.sh").toString(), "plugin", "ls");
        return command(words, KUBECTL_LIMIT).run().output().contains("4.25.0");
    }

    /** The project that deploy.sh made. */
    public StackProject project() {
        return new StackProject(state.resolve("project"), stack, environment());
    }

    public Command.Result tryKubectl(String... words) {
        return kubectlCommand(words).run();
    }

    public String kubectl(String... words) {
        return checked(tryKubectl(words));
    }

    public String kubectlWithInput(String input, String... words) {
        return checked(kubectlCommand(words).run(input));
    }

    /** kubectl in the namespace. */
    public Command kubectlCommand(String... words) {
        var all = new ArrayList<>(Cluster.kubectl());
        all.addAll(List.of("-n", namespace));
        all.addAll(Arrays.asList(words));
        return command(all, KUBECTL_LIMIT);
    }

    /** One value from the server in a pod. */
    public String sql(int ordinal, String statement) {
        return kubectl(
                "exec", pod(ordinal), "-c", "postgresql", "--", "psql", "-XqAt", "-U", "postgres", "-c", statement);
    }

    /** What comes of it, also where that is an error. */
    String trySql(int ordinal, String statement) {
        return tryKubectl(
                        "exec",
                        pod(ordinal),
                        "-c",
                        "postgresql",
                        "--",
                        "psql",
                        "-XqAt",
                        "-U",
                        "postgres",
                        "-c",
                        statement)
                .output();
    }

    public String namespace() {
        return namespace;
    }

    public static String pod(int ordinal) {
        return "postgresql-sfs-" + ordinal;
    }

    /** Waits until exactly these standbys stream from pod 0. */
    void awaitStreaming(int... ordinals) {
        var expected = Arrays.stream(ordinals).mapToObj(Deployment::pod).toList();
        var statement = "SELECT application_name FROM pg_stat_replication WHERE state = 'streaming' ORDER BY 1";
        await(
                "standbys " + expected + " stream",
                () -> trySql(0, statement).lines().toList().equals(expected));
    }

    /** Waits until pod 0 has slots for exactly these standbys, all in use. */
    void awaitSlots(int... ordinals) {
        var expected = Arrays.stream(ordinals)
                .mapToObj(ordinal -> pod(ordinal).replace('-', '_') + "|t")
                .toList();
        await(
                "slots " + expected,
                () -> trySql(0, "SELECT slot_name, active FROM pg_replication_slots ORDER BY 1")
                        .lines()
                        .toList()
                        .equals(expected));
    }

    /** Writes a row on the primary and waits until all these standbys have it. */
    void assertRowTravels(int... ordinals) {
        sql(0, "CREATE TABLE IF NOT EXISTS travel (id int GENERATED ALWAYS AS IDENTITY)");
        var row = sql(0, "INSERT INTO travel DEFAULT VALUES RETURNING id");
        for (int ordinal : ordinals) {
            await(
                    "row " + row + " on " + pod(ordinal),
                    () -> trySql(ordinal, "SELECT id FROM travel WHERE id = " + row)
                            .equals(row));
        }
    }

    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + KUBECTL_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so after " + KUBECTL_LIMIT + ": " + what + "\n"
                        + tryKubectl("get", "pods,jobs,pvc", "-o", "wide").output());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Removes everything, data included, so that the next run starts from nothing. */
    public void remove() {
        if (Files.exists(state.resolve("project"))) {
            pulumi("destroy", "--yes", "--skip-preview");
        }
        checked(command(List.of("rm", "-rf", state.toString()), KUBECTL_LIMIT).run());
        kubectl("delete", "namespace", namespace, "--ignore-not-found", "--timeout=120s");
        if (Cluster.isTestbed()) {
            checked(command(List.of("testbed/volumes.sh"), KUBECTL_LIMIT)
                    .run()); // released volumes can be claimed again
        }
    }

    private Command command(List<String> words, Duration limit) {
        return new Command(words, environment(), limit);
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(Cluster.environment());
        environment.put("PULUMI_BACKEND_URL", "file://" + state.resolve("backend"));
        environment.put(
                "PULUMI_CONFIG_PASSPHRASE_FILE", state.resolve("passphrase").toString());
        return environment;
    }

    private static String checked(Command.Result result) {
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }
}
