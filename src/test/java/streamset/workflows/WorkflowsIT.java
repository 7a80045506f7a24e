package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflows as a contributor meets them: their own steps on a bare repository, up to the comment. */
@Tag("cluster")
class WorkflowsIT {
    private static final int PULL_REQUEST = 7;
    private static final String BRANCH = "change";
    private static final String STAGING = "Pulumi.staging.yaml";
    private static final String SNAPSHOT = "stacks/staging/manifests.yaml";

    @TempDir
    private Path folder;

    private Origin origin;
    private FakeGitHub github;
    private Runner runner;

    @BeforeEach
    void makeRepository() throws IOException {
        origin = new Origin(folder.resolve("repository"));
        github = new FakeGitHub(folder.resolve("github"));
        runner = new Runner(folder, origin, github)
                .with("github.event.pull_request.number", "" + PULL_REQUEST)
                .with("github.event.workflow_run.id", "77")
                .with("github.event.workflow_run.html_url", "https://github.com/acme/streamset/actions/runs/77")
                .with("github.event.workflow_run.head_repository.owner.login", "stranger")
                .with("github.event.workflow_run.head_branch", BRANCH);
    }

    @Test
    void checkRunsTheTests() throws IOException {
        var ended = runner.run("check", "check", "main");
        assertTrue(ended.succeeded(), ended.log());
        assertTrue(ended.log().contains("mvn -B -ntp verify"), ended.log());
    }

    @Test
    void reviewEndsInOneCommentThatIsRewritten() throws IOException {
        var main = origin.text(STAGING);
        var changed = main.replace("memory: 2Gi", "memory: 3Gi");
        var snapshot = origin.rendered("staging", changed);
        review(Map.of(STAGING, changed, SNAPSHOT, snapshot), true);
        var accepted = github.comment(PULL_REQUEST);
        assertTrue(accepted.startsWith("<!-- streamset: review -->\n"), accepted);
        assertTrue(accepted.contains("staging"), accepted);
        assertTrue(accepted.contains("shared_buffers"), accepted);
        assertTrue(
                accepted.contains(
                        "[A page about each stack](https://github.com/acme/streamset/actions/runs/77/artifacts/1)"),
                accepted);
        assertTrue(Files.readString(github.artifact("pages").resolve("report-staging.html"))
                .contains("restart"));

        review(Map.of(STAGING, main.replace("replicas: 3", "replicas: 4")), false);
        var refused = github.comment(PULL_REQUEST);
        assertTrue(refused.contains("must be odd"), refused);
        assertFalse(refused.contains("shared_buffers"), refused);

        review(Map.of("README.md", "nothing\n"), true);
        var nothing = github.comment(PULL_REQUEST);
        assertTrue(nothing.toLowerCase(java.util.Locale.ROOT).contains("nothing changes"), nothing);
        assertFalse(nothing.contains("must be odd"), nothing);
    }

    @Test
    void reviewThatCannotBeMadeEndsInACommentToo() throws IOException {
        review(Map.of("tools/review.sh", "echo 'the base cannot be read' >&2; exit 1\n"), false);
        var failed = github.comment(PULL_REQUEST);
        assertTrue(
                failed.contains("**The review failed** (exit code 1):\n\n```\nthe base cannot be read\n```"), failed);

        review(Map.of("Makefile", "build:\n\tfalse\n"), false);
        var unbuilt = github.comment(PULL_REQUEST);
        assertTrue(unbuilt.contains("**There is no report (review)**"), unbuilt);
        assertTrue(unbuilt.contains("(https://github.com/acme/streamset/actions/runs/77)"), unbuilt);
    }

    /** @param succeeds whether the job does, on which the pull request may depend */
    private void review(Map<String, String> files, boolean succeeds) throws IOException {
        var branch = BRANCH + github.folder().toFile().list().length + System.nanoTime();
        var head = origin.pushes(branch, files);
        github.hasPullRequests("stranger:" + BRANCH, head, PULL_REQUEST);
        runner.with("github.event.workflow_run.head_sha", head);
        var artifacts = github.artifact("");
        if (Files.exists(artifacts)) {
            Files.move(artifacts, folder.resolve("old-" + branch));
        }
        var ended = runner.run("review", "review", "main", branch);
        assertEquals(succeeds, ended.succeeded(), ended.log());
        var commented = runner.run("comment", "comment", branch);
        assertTrue(commented.succeeded(), commented.log());
    }

    @Test
    void theEngineIsPreviewedDeployedAndWatched() throws IOException {
        var engine = withCredentials();
        var stacks = runner.run("up", "stacks", "main");
        assertEquals("[\"dev\",\"staging\",\"prod\"]", stacks.outputs().get("stacks.stacks"), stacks.log());

        preview("staging", true);
        assertTrue(github.comment(PULL_REQUEST).contains("first deployment in the namespace postgresql-staging"));

        runner.with("matrix.stack", "staging");
        var early = runner.run("up", "up", "main");
        assertFalse(early.succeeded(), early.log());
        assertTrue(early.log().contains("up (dev) has not succeeded, so staging is left alone"), early.log());
        github.hasJob("up (dev)", "success");
        var up = runner.run("up", "up", "main");
        assertTrue(up.succeeded(), up.log());

        for (boolean drifted : new boolean[] {true, false}) {
            FakeKubernetes.drift(engine.home(), drifted);
            var looked = runner.run("drift", "drift", "main");
            assertTrue(looked.succeeded(), looked.log());
            assertEquals(
                    drifted ? 1 : 0,
                    github.issues().stream()
                            .filter(issue -> issue.path("state").asString().equals("open"))
                            .count());
        }
        assertEquals(1, github.issues().size());
    }

    @Test
    void aRefusalOfTheEngineReachesThePullRequest() throws IOException {
        withCredentials();
        preview("dev", false); // whose file has no passwords
        var refused = github.comment(PULL_REQUEST);
        assertTrue(
                refused.startsWith("<!-- streamset: preview of dev -->\n**Preview of dev**: failed (exit code"),
                refused);
        assertTrue(refused.contains("passwords or secretName must say where the passwords come from"), refused);
    }

    private void preview(String stack, boolean succeeds) throws IOException {
        var ended = runner.with("matrix.stack", stack).run("preview", "preview", "main");
        assertEquals(succeeds, ended.succeeded(), ended.log());
    }

    private RealEngine withCredentials() throws IOException {
        var engine = new RealEngine(folder.resolve("engine"));
        var operator = Files.createDirectories(folder.resolve("operator"));
        Files.writeString(operator.resolve("Pulumi.yaml"), origin.text("Pulumi.yaml"));
        for (var stack : new String[] {"dev", "staging"}) {
            engine.mustRun(operator, Map.of(), "stack", "init", stack);
        }
        runner.machineHas("PULUMI_HOME", engine.home().toString());
        runner.machineHas("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        runner.with("vars.PULUMI_BACKEND_URL", engine.backend())
                .with("secrets.PULUMI_CONFIG_PASSPHRASE", engine.passphrase())
                .with("secrets.KUBECONFIG", "kind: Config\nclusters: []\n");
        for (var unset : new String[] {
            "secrets.PULUMI_ACCESS_TOKEN",
            "secrets.AWS_ACCESS_KEY_ID",
            "secrets.AWS_SECRET_ACCESS_KEY",
            "vars.AWS_REGION",
            "secrets.GOOGLE_CREDENTIALS",
            "vars.AZURE_STORAGE_ACCOUNT",
            "secrets.AZURE_STORAGE_KEY"
        }) {
            runner.with(unset, "");
        }
        return engine;
    }
}
