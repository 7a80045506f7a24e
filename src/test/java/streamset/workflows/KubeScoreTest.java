package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;

/** Which findings of kube-score {@code make lint} lets pass. */
@Tag("server")
class KubeScoreTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path EXCEPTIONS = Path.of("tools/kube-score.txt");

    @TempDir
    Path folder;

    @Test
    void letsAnExceptedFindingPassInBothEnginesAndNoOther() throws IOException {
        answer("prod", "StatefulSet", "postgresql-sfs", "container-image-pull-policy", "init");
        answer("prod-automatic", "StatefulSet", "postgresql-other", "container-image-pull-policy", "init");

        var judged = judge();

        assertEquals(1, judged.exitCode(), judged.output());
        assertEquals(
                List.of("prod-automatic: StatefulSet/postgresql-other: init: it is so (container-image-pull-policy)"),
                judged.output().lines().filter(line -> line.startsWith("prod")).toList());
        assertTrue(judged.output().contains("2 findings of kube-score, 1 excepted"), judged.output());
    }

    @Test
    void keepsAnExceptionOfOneStackFromTheOthers() throws IOException {
        answer("staging", "Job", "postgresql-check-1", "pod-networkpolicy", "");
        answer("prod", "Job", "postgresql-check-1", "pod-networkpolicy", "");

        assertEquals(
                List.of("prod: Job/postgresql-check-1: it is so (pod-networkpolicy)"),
                judge().output()
                        .lines()
                        .filter(line -> line.contains("it is so"))
                        .toList());
    }

    @Test
    void namesExceptionsThatNothingNeeds() throws IOException {
        answer("staging", "Job", "postgresql-check-1", "pod-networkpolicy", "");

        var judged = judge();

        assertEquals(1, judged.exitCode(), judged.output());
        assertTrue(judged.output().contains("not needed: dev | pod-networkpolicy | *"), judged.output());
        assertTrue(!judged.output().contains("not needed: staging"), judged.output());
    }

    @Test
    void doesNotTakeSilenceForPraise() throws IOException {
        Files.writeString(folder.resolve("prod.json"), "");

        var judged = judge();

        assertEquals(1, judged.exitCode(), judged.output());
        assertTrue(judged.output().contains("kube-score has said nothing about"), judged.output());
    }

    @Test
    void hasAReasonForEachException() throws IOException {
        var exceptions = Files.readAllLines(EXCEPTIONS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> List.of(line.split(" \\| ")))
                .toList();

        assertTrue(exceptions.size() > 5, exceptions.toString());
        exceptions.forEach(parts -> {
            assertEquals(4, parts.size(), parts.toString());
            assertTrue(parts.get(3).length() > 30, parts.toString());
        });
    }

    private Command.Result judge() {
        return new Command(List.of("tools/kube-score.sh", "--judge", folder.toString()), Map.of(), LIMIT).run();
    }

    private void answer(String name, String kind, String object, String check, String container) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), """
                [{"object_name": "x", "type_meta": {"kind": "%s"}, "object_meta": {"name": "%s"}, "checks": [
                  {"check": {"id": "%s"}, "grade": 1, "skipped": false, "comments": [{"path": "%s", "summary": "it is so"}]},
                  {"check": {"id": "stable-version"}, "grade": 10, "skipped": false, "comments": []},
                  {"check": {"id": "service-type"}, "grade": 0, "skipped": true, "comments": [{"path": "", "summary": "no"}]}]}]
                """.formatted(kind, object, check, container));
    }
}
