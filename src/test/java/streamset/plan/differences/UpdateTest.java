package streamset.plan.differences;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.plan.Change;
import streamset.plan.Plan;
import streamset.problems.Problems;

@Tag("unit")
class UpdateTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "replicas, 3, 5, true",
        "primary, 0, 1, true",
        "lost, [], [2], true",
        "lost, [2], [2], false",
        "keepVolumes, false, true, false",
    })
    void tellsWhetherPodsComeOrGoOrAnotherOneIsPrimaryOrLost(String key, String old, String now, boolean changes) {
        assertEquals(changes, update(new Change(folder).key(key, old, now)).changesTopology());
    }

    /** Nothing is declared anew, but a hand over is completed. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void tellsAHandOverThatWasInterrupted(int appointed, boolean changes) {
        assertEquals(
                changes,
                update(new Change(folder).found(there -> there.withAppointed(appointed)))
                        .changesTopology());
    }

    private static Update update(Change change) {
        return Plan.of(change.deployed(), change.wanted(), new Problems())
                .orElseThrow()
                .update();
    }
}
