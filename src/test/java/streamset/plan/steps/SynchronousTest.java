package streamset.plan.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.plan.Change;
import tools.jackson.databind.node.ObjectNode;

@Tag("unit")
class SynchronousTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 2 | 0 | a commit waits for no standby: what the primary has not sent yet is lost with it",
                "1 | 2 | 0 | a commit waits for 1 of 2 standbys: while 1 of them is away, writes go on; with 2 away they wait",
                "2 | 2 | 0 | a commit waits for 2 of 2 standbys: while one of them is away, writes wait",
                "1 | 4 | 0 | a commit waits for 1 of 4 standbys: while 3 of them are away, writes go on; with 4 away they wait",
                "3 | 4 | 1 | a commit waits for 3 of 4 standbys: while 1 of them is away, writes go on; with 2 away they wait",
                "3 | 4 | 2 | a commit waits for 3 of 4 standbys: while 1 of them is away, writes go on; with 2 away they wait; 2 of them are lost, so writes wait",
                "2 | 2 | 1 | a commit waits for 2 of 2 standbys: while one of them is away, writes wait; 1 of them is lost, so writes wait",
            })
    void saysWhatALossOfStandbysMeansForWrites(int required, int standbys, int lost, String words) {
        assertEquals(words, new Synchronous(required, standbys).words(lost));
    }

    @ParameterizedTest
    @CsvSource({"2, 2, true", "1, 2, false", "0, 2, false", "0, 0, false"})
    void tellsWhetherWritesWaitWhileAnyStandbyIsAway(int required, int standbys, boolean wait) {
        assertEquals(wait, new Synchronous(required, standbys).everyStandbyCounts());
    }

    @Test
    void isReadFromWhatTheServersGet() {
        var change = new Change(folder).after("synchronous", "{\"standbys\":2}");
        assertEquals(Optional.of(new Synchronous(0, 2)), Synchronous.of(change.declaredBefore()));
        assertEquals(Optional.of(new Synchronous(2, 2)), Synchronous.of(change.declaredAfter()));
    }

    @Test
    void isReadFromWhatSomebodyWrote() {
        var change = new Change(folder).conf("", "synchronous_standby_names = 'ANY 2 (*)'\n");
        assertEquals(Optional.of(new Synchronous(2, 2)), Synchronous.of(change.declaredAfter()));
    }

    /** Of servers that are none of the cluster's, or of more than it has, nothing can be told. */
    @ParameterizedTest
    @ValueSource(strings = {"other", "ANY 1 (\"postgresql-sfs-1\", other)", "ANY 3 (*)"})
    void isUnknownWhereCommitsWaitForOthers(String names) {
        var change = new Change(folder)
                .found(there -> there.with("ConfigMap postgresql-configs", map -> {
                    var data = (ObjectNode) map.get("data");
                    data.put(
                            "postgresql.conf",
                            data.get("postgresql.conf").asString() + "synchronous_standby_names = '" + names + "'\n");
                }));
        assertEquals(Optional.empty(), Synchronous.of(change.declaredBefore()));
    }
}
