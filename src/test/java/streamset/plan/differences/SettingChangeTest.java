package streamset.plan.differences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.plan.Change;
import tools.jackson.databind.JsonNode;

@Tag("unit")
class SettingChangeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "work_mem = 2MB          | work_mem = 1MB           | work_mem            : 2MB → 1MB, reload",
                "max_connections = 30; work_mem = 1MB | max_connections = 40; work_mem = 1MB | max_connections     : 30 → 40, restart",
                "log_statement = 'ddl'   | (nothing)                | log_statement       : ddl → default (none), reload",
                "(nothing)               | log_statement = 'ddl'    | log_statement       : default (none) → ddl, reload",
                "(nothing)               | checkpoint_timeout = 1h  | checkpoint_timeout  : default (5min) → 1h, reload",
                "(nothing)               | cluster_name = 'a b'     | cluster_name        : default → a b, restart",
                "search_path = public    | search_path = ''         | search_path         : public → '', reload",
                "my_extension.level = 1  | my_extension.level = 2   | my_extension.level  : 1 → 2, reload",
                "(nothing)               | my_extension.level = 2   | my_extension.level  : (not set) → 2, reload",
                "log_timezone = UTC      | log_timezone = GMT       | log_timezone        : UTC → GMT, reload",
            })
    void tellsOldAndNewValueAndWhatItTakes(String before, String after, String change) {
        assertEquals(change.replaceFirst(" +:", ":"), changes(before, after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "temp_buffers = 1GB       | temp_buffers = 1024MB",
                "hot_standby = on         | Hot_Standby = 'true'",
                "work_mem = 1MB           | work_mem = 2MB; work_mem = 1MB",
                "log_statement = none     | (nothing)",
                "DateStyle = iso          | datestyle = 'ISO, MDY'",
                "random_page_cost = 1.1   | random_page_cost = 1.10",
            })
    void seesNoChangeInOtherWordsForTheSame(String before, String after) {
        assertEquals("", changes(before, after));
    }

    @Test
    void cutsLongValues() {
        assertEquals(
                "search_path: default (\"$user\", public) → aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…, reload",
                changes("(nothing)", "search_path = " + "a".repeat(100)));
    }

    @Test
    void tellsWhatTakesNewPods() {
        var change = new Change(folder)
                .after("resources", "{\"cpu\":\"500m\",\"memory\":\"16Gi\"}")
                .key("image", "docker.io/library/postgres:18.1", "docker.io/library/postgres:18.2")
                .after("secretName", "other");
        assertEquals("""
                streamset:image: docker.io/library/postgres:18.1 → docker.io/library/postgres:18.2, restart
                streamset:resources.cpu: 1 → 500m, restart
                streamset:secretName: passwords → other, restart""", text(rows(change)));
    }

    /** The annotation by which Kubernetes restarts the pods knows of nothing else, and of no less. */
    @ParameterizedTest
    @CsvSource({
        "work_mem = 2MB, work_mem = 1MB, false",
        "max_connections = 30, max_connections = 40, true",
        "hot_standby = on, (nothing), false",
        "(nothing), hot_standby = on, false",
        "max_locks_per_transaction = 64, max_locks_per_transaction = 65, true",
        "(nothing), my_extension.level = 1, false",
    })
    void agreesWithTheAnnotationAboutRestarts(String before, String after, boolean restart) {
        var change = new Change(folder).conf(lines(before), lines(after));
        var planned = rows(change).stream().anyMatch(SettingChange::restart);
        assertEquals(restart, planned);
        var old = restart(change.objectsBefore());
        var now = restart(change.wanted().objects());
        if (restart) {
            assertNotEquals(old, now);
        } else {
            assertEquals(old, now);
        }
    }

    private static String restart(List<JsonNode> objects) {
        return objects.stream()
                .map(object -> object.at("/spec/template/metadata/annotations/streamset~1restart"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst()
                .orElseThrow();
    }

    private String changes(String before, String after) {
        var change = new Change(folder).conf(lines(before), lines(after));
        return text(rows(change));
    }

    private static String lines(String settings) {
        return settings.equals("(nothing)") ? "" : settings.replace("; ", "\n") + "\n";
    }

    private static String text(List<SettingChange> changes) {
        return changes.stream()
                .map(SettingChange::row)
                .map(row -> row.get(0) + ": " + row.get(1) + " → " + row.get(2) + ", " + row.get(3))
                .collect(Collectors.joining("\n"));
    }

    private static List<SettingChange> rows(Change change) {
        return Update.between(change.declaredBefore(), change.deployed(), change.wanted())
                .rows();
    }
}
