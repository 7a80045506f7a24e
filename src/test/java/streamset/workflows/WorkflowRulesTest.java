package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every workflow keeps to. */
@Tag("unit")
class WorkflowRulesTest {
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40}");
    private static final Pattern CLI_VERSION = Pattern.compile("(?m)^CLI_VERSION=v(\\S+)$");
    private static final List<String> ENGINE_STEPS = List.of("preview", "up", "look");

    static Stream<Workflow> workflows() throws IOException {
        return Workflow.all();
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void giveNoRightToAllJobsAndATimeToEach(Workflow workflow) {
        assertEquals(Map.of(), workflow.root().get("permissions"));
        workflow.jobs().forEach((name, job) -> {
            assertTrue(job.get("permissions") instanceof Map<?, ?>, name);
            assertTrue(job.get("timeout-minutes") instanceof Integer, name);
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void useActionsByTheirCommit(Workflow workflow) {
        steps(workflow)
                .flatMap(step -> step.uses().stream())
                .forEach(uses -> assertTrue(PINNED.matcher(uses).matches(), uses));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void haveNoExpressionInAScript(Workflow workflow) {
        steps(workflow).flatMap(step -> step.run().stream()).forEach(run -> assertFalse(run.contains("${{"), run));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void leaveNoTokenInTheCheckout(Workflow workflow) {
        steps(workflow)
                .filter(step -> step.uses().orElse("").startsWith("actions/checkout@"))
                .forEach(step -> assertEquals("false", step.with().get("persist-credentials")));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void handSecretsToTheEngineAlone(Workflow workflow) {
        workflow.jobs()
                .keySet()
                .forEach(job -> assertFalse(workflow.env(job).toString().contains("secrets."), job));
        steps(workflow)
                .filter(step -> step.env().toString().contains("secrets."))
                .forEach(step -> {
                    assertTrue(ENGINE_STEPS.contains(step.name()), step.name());
                    assertFalse(step.env().containsKey("GH_TOKEN"), step.name());
                });
        var used = steps(workflow).flatMap(step -> step.with().values().stream());
        assertFalse(used.anyMatch(value -> value.contains("secrets.")));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void runCodeOfAPullRequestWithATokenThatReadsUnlessSomebodyHasReadIt(Workflow workflow) {
        if (workflow.text().contains("\n  pull_request:")) {
            workflow.jobs().forEach((name, job) -> {
                var reviewed = job.containsKey("environment");
                assertTrue(reviewed || Map.of("contents", "read").equals(job.get("permissions")), name);
                assertTrue(reviewed || !job.toString().contains("secrets."), name);
            });
        }
    }

    @Test
    void commentWithTheCodeOfTheDefaultBranchAlone() {
        var steps = Workflow.read("comment").steps("comment");
        assertEquals(
                "${{ github.event.repository.default_branch }}",
                steps.get(0).with().get("ref"));
        assertEquals(
                List.of("tools/need.sh gh", "tools/comment.sh deliver review"),
                steps.stream().flatMap(step -> step.run().stream()).toList());
    }

    /** A pull request may wait for the one before it, a stack for its own last update, and no stack for another one. */
    @ParameterizedTest
    @MethodSource("workflows")
    void runOneJobOfAStackAtATime(Workflow workflow) {
        workflow.jobs().forEach((name, job) -> {
            Object own = job.get("concurrency");
            var concurrency = String.valueOf(own == null ? workflow.root().get("concurrency") : own);
            assertTrue(concurrency.contains("group="), name);
            assertEquals(job.containsKey("environment"), concurrency.contains("${{ matrix.stack }}"), name);
        });
    }

    @Test
    void runTheSameScriptsOnGitLab() throws IOException {
        var there = Files.readString(Path.of("docs/gitlab-ci.yml"));
        for (String script : List.of(
                "tools/comment.sh report target/review/comment.md tools/review.sh --format=md",
                "tools/report.sh --folder=target/pages",
                "tools/stack.sh preview",
                "tools/stack.sh up",
                "tools/stack.sh drift",
                "make check")) {
            assertTrue(there.contains(script), script);
        }
        assertTrue(Pattern.compile("\n  image: \\S+@sha256:[0-9a-f]{64}\n")
                .matcher(there)
                .find());
    }

    @Test
    void installThePulumiThatTheTestsRun() throws IOException {
        var version = CLI_VERSION.matcher(Files.readString(Path.of("tools/build.sh")));
        assertTrue(version.find());
        var wanted = new TreeMap<String, String>();
        Workflow.all()
                .forEach(workflow -> steps(workflow)
                        .filter(step -> step.uses().orElse("").startsWith("pulumi/actions@"))
                        .forEach(step -> wanted.put(workflow.name(), step.with().get("pulumi-version"))));
        assertEquals(Map.of("drift", version.group(1), "preview", version.group(1), "up", version.group(1)), wanted);
    }

    private static Stream<Workflow.Step> steps(Workflow workflow) {
        return workflow.jobs().keySet().stream().flatMap(job -> workflow.steps(job).stream());
    }
}
