package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.Command;

/** What tools/comment.sh makes of what others have written. */
@Tag("server")
class CommentTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String HEAD = "stranger:change";
    private static final String COMMIT = "0123456789abcdef";
    private static final String MARK = "<!-- streamset: review -->\n";
    private static final int MOST_OF_GITHUB = 65_536; // characters of a comment

    @TempDir
    private Path folder;

    private FakeGitHub github;

    @BeforeEach
    void makeGitHub() throws IOException {
        github = new FakeGitHub(folder.resolve("github"));
    }

    @Test
    void isRewrittenInPlace() throws IOException {
        post("first");
        post("second");
        assertEquals(MARK + "second", github.comment(7));
    }

    @Test
    void leavesCommentsOfOthersAlone() throws IOException {
        github.hasComment(7, "stranger", MARK + "looks good to me");
        github.hasComment(7, "github-actions[bot]", "<!-- streamset: preview of dev -->\npreview");
        post("report");
        assertEquals(
                List.of(MARK + "looks good to me", "<!-- streamset: preview of dev -->\npreview", MARK + "report"),
                github.comments().stream()
                        .map(comment -> comment.path("body").asString())
                        .toList());
    }

    @Test
    void mentionsNobodyAndHidesNothing() throws IOException {
        post("hi @admin, (@team/x) postgres@sha256:0 me@example.com \u001b[31mred\u0000\u0007");
        assertEquals(
                MARK + "hi @\u200badmin, (@\u200bteam/x) postgres@sha256:0 me@example.com [31mred", github.comment(7));
    }

    @Test
    void isCutWithAWordInFront() throws IOException {
        post("```\n" + "ä".repeat(70_000) + "\n```");
        var comment = github.comment(7);
        assertTrue(comment.startsWith(MARK + "**Cut**: the whole report is in [the summary of the run]("), comment);
        assertTrue(comment.length() > 60_000 && comment.length() < MOST_OF_GITHUB, comment.length() + " characters");
    }

    @Test
    void saysSoWhereThereIsNoReport() throws IOException {
        assertEquals(
                0,
                run("post", "review", "7", folder.resolve("nothing").toString()).exitCode());
        assertTrue(github.comment(7).startsWith(MARK + "**There is no report (review)**"), github.comment(7));
    }

    @Test
    void linksToThePagesThatTheRunHasLeft() throws IOException {
        var artifact = Files.createDirectories(github.artifact("review"));
        Files.writeString(artifact.resolve("comment.md"), "report\n");
        github.hasPullRequests(HEAD, COMMIT, 7);
        assertEquals(0, deliver().exitCode());
        assertEquals(MARK + "report", github.comment(7));
        Files.createDirectories(github.artifact("pages"));
        assertEquals(0, deliver().exitCode());
        assertEquals(
                MARK
                        + "report\n\n[A page about each stack](https://github.com/acme/streamset/actions/runs/77/artifacts/1):"
                        + " topology, budgets, settings and plan, to open in a browser.",
                github.comment(7));
    }

    @Test
    void showsNoFileThatAReportLinksTo() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "token");
        var artifact = Files.createDirectories(github.artifact("review"));
        Files.createSymbolicLink(artifact.resolve("comment.md"), secret);
        github.hasPullRequests(HEAD, COMMIT, 7);
        assertEquals(0, deliver().exitCode());
        assertTrue(github.comment(7).contains("There is no report"), github.comment(7));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7", // the one that it claims
        "9, 7 8", // which has another head: all that have this one
        "7 8, 7 8",
        "x, 7 8",
        ".*, 7 8",
    })
    void goesToPullRequestsOfTheRunsOwnCommitAlone(String claimed, String commented) throws IOException {
        var artifact = Files.createDirectories(github.artifact("review"));
        Files.writeString(artifact.resolve("comment.md"), "report\n");
        Files.writeString(artifact.resolve("number"), claimed + "\n");
        github.hasPullRequests(HEAD, COMMIT, 7, 8);
        var delivered = deliver();
        assertEquals(0, delivered.exitCode(), delivered.output());
        assertEquals(
                Arrays.asList(commented.split(" ")),
                github.comments().stream()
                        .map(comment -> comment.path("issue").asString())
                        .toList());
    }

    @Test
    void goesToNobodyWhenTheBranchHasMovedOn() throws IOException {
        github.hasPullRequests(HEAD, "fedcba", 7);
        var delivered = deliver();
        assertEquals(0, delivered.exitCode(), delivered.output());
        assertEquals(List.of(), github.comments());
    }

    @Test
    void fencesALogThatHasFencesOfItsOwn() throws IOException {
        var file = folder.resolve("log.md");
        var result = run("log", file.toString(), "Preview of dev", "printf", "a\\n```\\nb\\n````\\n");
        assertEquals(0, result.exitCode(), result.output());
        assertEquals("**Preview of dev**: done\n\n`````\na\n```\nb\n````\n`````\n", Files.readString(file));
    }

    @Test
    void endsWithTheCodeOfTheCommand() throws IOException {
        var file = folder.resolve("report.md");
        assertEquals(
                2,
                run("report", file.toString(), "bash", "-c", "echo refused; exit 2")
                        .exitCode());
        assertEquals("refused\n", Files.readString(file));
        assertEquals(
                1,
                run("report", file.toString(), "bash", "-c", "echo stale; echo why >&2; exit 1")
                        .exitCode());
        assertEquals("stale\n\n**The review failed** (exit code 1):\n\n```\nwhy\n```\n", Files.readString(file));
    }

    @Test
    void keepsAnIssueWhereNobodyCouldLook() throws IOException {
        var file = Files.writeString(folder.resolve("drift.md"), "difference\n").toString();
        assertEquals(0, run("drift", "dev", "2", file).exitCode());
        assertEquals(1, run("drift", "dev", "255", file).exitCode());
        assertEquals("open", github.issues().get(0).path("state").asString());
        assertEquals(0, run("drift", "prod", "0", file).exitCode());
        assertEquals("open", github.issues().get(0).path("state").asString());
        assertEquals(0, run("drift", "dev", "0", file).exitCode());
        assertEquals("closed", github.issues().get(0).path("state").asString());
    }

    private void post(String text) throws IOException {
        var file = Files.writeString(folder.resolve("comment.md"), text);
        var result = run("post", "review", "7", file.toString());
        assertEquals(0, result.exitCode(), result.output());
    }

    private Command.Result deliver() {
        return run("deliver", "review");
    }

    private Command.Result run(String... words) {
        var all = new ArrayList<>(List.of("env", "-i"));
        all.addAll(List.of(
                "PATH=" + github.folder() + ":/usr/bin:/bin",
                "GH_TOKEN=token",
                "GITHUB_REPOSITORY=" + FakeGitHub.REPOSITORY,
                "RUN_ID=77",
                "RUN_URL=https://github.com/acme/streamset/actions/runs/77",
                "HEAD=" + HEAD,
                "HEAD_SHA=" + COMMIT,
                "tools/comment.sh"));
        all.addAll(Arrays.asList(words));
        return new Command(all, Map.of(), LIMIT).run();
    }
}
