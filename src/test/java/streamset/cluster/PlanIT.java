package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;
import streamset.kubernetes.DeclaredStack;
import streamset.review.RealStack;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The change plan as the CLI shows it. Needs neither plugin nor cluster: the engine prints it before it asks them, and the
 * state is made by hand from what an update would have left.
 */
@Tag("cluster")
class PlanIT {
    // The JVM has a word of its own, before or after what the program says; and nobody can be asked whose a namespace
    // is.
    private static final String STACK_SAYS = "pulumi:pulumi:Stack \\(streamset-dev\\):\n(NOTE: Picked up [^\n]*\n\n)?"
            + "(warning: it is not known whether the namespace [^\n]*\n)?";

    private static final Path STATE = Command.PROJECT.resolve("target/e2e/plan");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CONTEXT = "nowhere";
    private static final JsonMapper JSON = JsonMapper.shared();

    @BeforeEach
    void makeStack() {
        removeStack();
        mustSucceed("tools/deploy.sh", "--prepare", STATE.toString(), "dev", CONTEXT);
        pulumi("config", "rm", "streamset:passwords"); // in clear text where there is no plugin
        pulumi("config", "set", "--plaintext", "streamset:secretName", "postgresql-passwords");
    }

    @AfterEach
    void removeStack() {
        mustSucceed("rm", "-rf", STATE.toString());
    }

    @Test
    void aPreviewTellsOfAFirstDeployment() {
        assertShows("""
                first deployment in the namespace k8s-training: PostgreSQL 18, postgresql-sfs-0 as primary and 2 standbys, each with 2Gi.
                Volumes that an earlier cluster of this name has left are reused, with their data.
                """);
    }

    @Test
    void aPreviewTellsWhatChangesSinceTheLastUpdate() {
        recordAnUpdate();
        assertShows("changes to what the stack dev has deployed: none\n");

        pulumi("config", "set", "streamset:primary", "1");
        pulumi("config", "set", "--path", "streamset:parameters.log_statement", "ddl");
        assertShows("""
                changes to what the stack dev has deployed: writes pause for about 1 s

                  setting        from            to   by
                  log_statement  default (none)  ddl  reload

                  steps
                    1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                    2. every pod gets the conf files within a few seconds, and its server reads them: no pause
                    3. postgresql-sfs-0 hands over to postgresql-sfs-1 and follows it; no acknowledged commit is lost: writes pause for about 1 s

                  replaced: only Jobs; all volumes stay, with their data
                """);
    }

    @Test
    void aRefusalEndsThePreviewBeforeAnythingIsDeclared() {
        recordAnUpdate();
        pulumi("config", "set", "streamset:version", "17");
        var shown = assertShows("""
                error: 1 problem, nothing was changed

                streamset:version    = 17
                problem              : the data are of PostgreSQL 18, and 17 cannot read them
                """);
        assertFalse(shown.contains("kubernetes"), shown);
    }

    @Test
    void makePlanTellsWhatChangesSinceARevision() {
        var plan = mustSucceed("make", "-s", "plan", "STACK=prod", "BASE=HEAD");
        assertTrue(plan.contains("changes since HEAD: "), plan);
        var refused = run("", "make", "-s", "plan", "STACK=prod", "BASE=nothing");
        assertTrue(
                refused.output()
                        .startsWith("nothing is not a revision; what to do: make plan BASE=<commit or branch>\n"),
                refused.output());
    }

    /** As if the stack had been deployed as it is configured. */
    private static void recordAnUpdate() {
        var draft = StackDraft.empty();
        RealStack.ofVersion("dev", 18).values().forEach(draft::with);
        var stack = draft.without("passwords")
                .with("secretName", "postgresql-passwords")
                .with("kubernetes:context", CONTEXT);
        var resources = new ArrayList<>(List.of(resource("pulumi:pulumi:Stack", "streamset-dev", Map.of())));
        DeclaredStack.of(stack, Command.PROJECT, "dev")
                .objects()
                .forEach(object -> resources.add(resource("test:index:Object", "object-" + resources.size(), object)));
        var state = (ObjectNode) JSON.readTree(pulumi("stack", "export"));
        ((ObjectNode) state.get("deployment")).set("resources", JSON.valueToTree(resources));
        var imported = run(JSON.writeValueAsString(state), pulumiWords("stack", "import"));
        assertEquals(0, imported.exitCode(), imported.output());
    }

    /** As a component, so that the state needs no provider. */
    private static Map<String, Object> resource(String type, String name, Object outputs) {
        var urn = "urn:pulumi:dev::streamset::" + type + "::" + name;
        return Map.of("urn", urn, "type", type, "custom", false, "outputs", outputs);
    }

    /** @return the whole output of the preview, which fails where there is no plugin */
    private static String assertShows(String message) {
        var output = run("", pulumiWords("preview")).output();
        var shown = output.replaceAll("(?m)^    ", ""); // how far the CLI indents what the program says
        var wanted = Pattern.compile(STACK_SAYS + Pattern.quote(message));
        assertTrue(wanted.matcher(shown).find(), output);
        return output;
    }

    private static String pulumi(String... words) {
        return mustSucceed(pulumiWords(words));
    }

    private static String[] pulumiWords(String... words) {
        var all = new ArrayList<>(List.of("tools/pulumi.sh", "--non-interactive", "--stack", "dev"));
        all.addAll(List.of("--cwd", STATE.resolve("project").toString()));
        all.addAll(Arrays.asList(words));
        return all.toArray(String[]::new);
    }

    private static String mustSucceed(String... words) {
        var result = run("", words);
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }

    private static Command.Result run(String input, String... words) {
        var environment = Map.of(
                "PULUMI_BACKEND_URL",
                "file://" + STATE.resolve("backend"),
                "PULUMI_CONFIG_PASSPHRASE_FILE",
                STATE.resolve("passphrase").toString(),
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
                "true");
        return new Command(List.of(words), environment, LIMIT).run(input);
    }
}
