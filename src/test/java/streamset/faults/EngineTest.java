package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Deployment;
import streamset.config.StackDraft;
import streamset.problems.Problems;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class EngineTest {
    private static List<String> names(String engine) {
        var cluster = new FaultCluster("faults", new Deployment("dev", "faults"), new Declared(), Engine.named(engine));
        return FaultSuite.sensible(cluster).stream().map(Event::what).toList();
    }

    @Test
    void the_declared_engine_goes_through_the_events_of_the_table_in_the_docs() throws IOException {
        var docs = Files.readString(Path.of("docs/measurements.md"));
        var faults = docs.substring(docs.indexOf("\n## Faults\n"));
        var rows = faults.substring(faults.indexOf("|---|"))
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1].strip())
                .filter(what -> !what.startsWith("(must be noticed") && !what.startsWith("testbed"))
                .toList();
        assertEquals(rows, names("declared"));
    }

    @Test
    void patroni_goes_through_the_same_but_for_declared_losses() {
        var declared = names("declared");
        var first = lost(declared).get(0);
        var common = names("patroni").subList(0, declared.indexOf(first));
        assertEquals("volume of the primary full, then freed", common.get(common.size() - 1));
        assertEquals(2, lost(declared).size());
        assertEquals(List.of(), lost(names("patroni")));
    }

    private static List<String> lost(List<String> names) {
        return names.stream().filter(name -> name.startsWith("primary lost")).toList();
    }

    @Test
    void what_only_patroni_knows_is_not_done_to_the_declared_engine() {
        var added = new TreeSet<>(names("patroni"));
        added.removeAll(names("declared"));
        for (var what : List.of(
                "Patroni in the primary's pod frozen for 60 s, its server goes on",
                "API server frozen for 60 s",
                "the primary's pod cut from its peers and the API server for 60 s",
                "synchronous: the primary's pod cut from its peers and the API server for 60 s",
                "the primary's pod deleted, 3 times in a row")) {
            assertTrue(added.contains(what), what + " is not in " + added);
        }
        assertFalse(names("declared").toString().contains("Patroni"));
    }

    /** The last rows that somebody acknowledged must not be given up where commits wait for a standby. */
    @Test
    void nothing_may_be_missing_while_commits_wait_for_a_standby() {
        var cluster = new FaultCluster("faults", new Deployment("dev", "faults"), new Declared(), new PatroniEngine());
        for (var event : FaultSuite.sensible(cluster)) {
            if (event.what().startsWith("synchronous: ")) {
                assertEquals(0, event.mostMissing(), event.what());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"declared", "patroni"})
    void the_program_takes_what_the_events_set(String name) {
        var engine = Engine.named(name);
        for (int connections : List.of(20, 30, 16, 31, 35)) {
            var objects = new TreeMap<String, Map<String, String>>();
            var draft = StackDraft.minimal().with("namespace", "faults").with("replicas", "5");
            var settings = new ArrayList<>(List.of(engine.settings()));
            settings.addAll(List.of(
                    "streamset:wal.keepSize=152MB",
                    "streamset:synchronous.standbys=1",
                    "streamset:parameters.work_mem=2MB",
                    "streamset:parameters.max_locks_per_transaction=71",
                    "streamset:parameters.max_connections=" + engine.connections(connections)));
            for (var setting : settings) {
                var words = setting.split("=", 2);
                var path = words[0].split("\\.", 2);
                if (path.length == 1) {
                    draft.with(words[0], words[1]);
                } else {
                    objects.computeIfAbsent(path[0], key -> new TreeMap<>()).put(path[1], words[1]);
                }
            }
            objects.forEach((key, fields) -> draft.with(key, JsonMapper.shared().writeValueAsString(fields)));
            var problems = new Problems();
            ClusterSpec.of(draft.raw(), Path.of(""), "faults", problems);
            problems.throwIfAny();
        }
    }

    @Test
    void another_name_is_refused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Engine.named("raft"));
        assertEquals(
                "ENGINE=raft: no such engine; what to do: make e2e-faults ENGINE=declared, or ENGINE=patroni",
                refused.getMessage());
    }
}
