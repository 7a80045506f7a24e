package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** Below its least values Patroni would pass others to the server than the stack declares. */
@Tag("unit")
class PatroniParametersTest {
    private final StackDraft stack =
            StackDraft.minimal().with("failover", "automatic").with("image", "example.org/postgres-patroni:18");
    private final Problems problems = new Problems();

    private ClusterSpec spec() {
        return ClusterSpec.of(stack.raw(), Path.of(""), "none", problems);
    }

    @ParameterizedTest
    @CsvSource({
        "max_connections, 24, 25",
        "max_locks_per_transaction, 31, 32",
        "max_replication_slots, 3, 4",
        "max_worker_processes, 1, 2",
        "wal_keep_size, 15MB, 16MB"
    })
    void refuseWhatIsBelow(String name, String value, String least) {
        stack.with("parameters", "{\"" + name + "\":\"" + value + "\"}");
        spec();
        assertEquals(
                List.of("must be at least " + least + " with failover automatic: below that Patroni passes the server's"
                        + " default instead, without an error"),
                problems.found().stream().map(Problem::reason).toList());
        var corrected = new Problems();
        stack.with("parameters", "{\"" + name + "\":\"" + least + "\"}");
        ClusterSpec.of(stack.raw(), Path.of(""), "none", corrected);
        assertEquals(List.of(), corrected.found());
    }

    @Test
    void areTheFloorOfTheSizing() {
        stack.with("resources", "{\"cpu\":\"300m\",\"memory\":\"400Mi\"}");
        assertEquals(25, spec().budgets().memory().use().connections());
        assertEquals(List.of(), problems.found());
        assertTrue(spec().budgets().memory().use().sum().text("all").contains("Patroni"));
    }

    @Test
    void leaveTheStandbysThatCommitsWaitForToPatroni() {
        stack.with("parameters", "{\"synchronous_standby_names\":\"*\"}");
        spec();
        var problem = problems.found().get(0);
        assertEquals(
                "with failover automatic Patroni names the standbys by itself, so that only one that has every acknowledged"
                        + " commit is promoted",
                problem.reason());
        assertEquals(
                "pulumi config rm --path 'streamset:parameters.synchronous_standby_names'; to have commits wait: pulumi config set"
                        + " --path 'streamset:synchronous.standbys' 1",
                problem.fix());
    }

    @Test
    void areNotSetTwiceForSynchronousStandbys() {
        stack.with("synchronous", "{\"standbys\":1}");
        assertTrue(spec().settings().all().stream()
                .noneMatch(setting -> setting.name().equals("synchronous_standby_names")));
    }
}
