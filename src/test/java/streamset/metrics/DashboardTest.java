package streamset.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.sizing.Alerts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form of the dashboard; ExporterTest has a real Prometheus evaluate its expressions. */
@Tag("unit")
class DashboardTest {
    private static final int COLUMNS = 24;
    private static final int LONGEST_UID = 40;

    @TempDir
    private Path folder;

    private ClusterSpec spec(StackDraft draft) {
        return ProjectDraft.in(folder).spec(draft);
    }

    private JsonNode dashboard(StackDraft draft) {
        return JsonMapper.shared().readTree(new Dashboard(spec(draft)).text());
    }

    @Test
    void hasPanelsSideBySideWithTitlesAndExpressions() {
        var taken = new HashSet<List<Integer>>();
        var ids = new HashSet<Integer>();
        for (var panel : dashboard(StackDraft.minimal()).path("panels")) {
            assertTrue(ids.add(panel.path("id").asInt()), panel::toString);
            assertFalse(panel.path("title").asString().isBlank(), panel::toString);
            assertFalse(panel.path("targets").isEmpty(), panel::toString);
            panel.path("targets")
                    .forEach(
                            target -> assertFalse(target.path("expr").asString().isBlank(), panel::toString));
            var place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    int column = place.path("x").asInt() + x;
                    assertTrue(column < COLUMNS, panel::toString);
                    assertTrue(taken.add(List.of(column, place.path("y").asInt() + y)), panel::toString);
                }
            }
        }
        assertEquals(14, ids.size());
    }

    @Test
    void showsThisClusterAlone() {
        var text = new Dashboard(spec(StackDraft.minimal())).text();
        assertFalse(text.contains("${"), text);
        for (var panel : dashboard(StackDraft.minimal()).path("panels")) {
            for (var target : panel.path("targets")) {
                assertTrue(target.path("expr").asString().contains("namespace=\""), panel::toString);
            }
        }
        var other = dashboard(StackDraft.minimal().with("name", "orders"));
        assertNotEquals(
                dashboard(StackDraft.minimal()).path("uid").asString(),
                other.path("uid").asString());
        assertTrue(other.path("uid").asString().length() <= LONGEST_UID);
    }

    @Test
    void drawsALineWhereAnAlertFires() {
        var alerts = Alerts.of(spec(StackDraft.minimal()).budgets().wal());
        assertEquals(alerts.pgWal().bytes(), line("Size of pg_wal"));
        assertEquals(alerts.slot().bytes(), line("WAL that slots hold back"));
        assertEquals(alerts.dataVolumePercent() / 100.0, line("Use of the data volumes"));
    }

    private double line(String title) {
        return dashboard(StackDraft.minimal())
                .path("panels")
                .valueStream()
                .filter(panel -> panel.path("title").asString().equals(title))
                .findFirst()
                .orElseThrow()
                .at("/fieldConfig/defaults/thresholds/steps/1/value")
                .asDouble();
    }
}
