package streamset.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problems;

@Tag("unit")
class DynamicConfigurationTest {
    private final StackDraft stack = StackDraft.minimal()
            .with("failover", "automatic")
            .with("image", "example.org/postgres-patroni:18")
            .with("resources", "{\"cpu\":\"500m\",\"memory\":\"1Gi\"}")
            .with("parameters", "{\"max_connections\":40,\"max_prepared_transactions\":7,\"wal_keep_size\":\"1GB\"}");

    private String json() {
        var problems = new Problems();
        var spec = ClusterSpec.of(stack.raw(), Path.of(""), "none", problems);
        problems.throwIfAny();
        return new DynamicConfiguration(spec).json();
    }

    @Test
    void repeatsTheParametersThatPatroniPassesByItself() {
        assertEquals(
                "{\"ttl\":20,\"loop_wait\":5,\"retry_timeout\":5,\"primary_start_timeout\":300,"
                        + "\"maximum_lag_on_failover\":16777216,\"max_timelines_history\":20,\"failsafe_mode\":true,"
                        + "\"postgresql\":{\"parameters\":{\"max_connections\":\"40\",\"max_locks_per_transaction\":\"64\","
                        + "\"max_prepared_transactions\":\"7\",\"max_replication_slots\":\"10\",\"max_wal_senders\":\"20\","
                        + "\"max_worker_processes\":\"8\",\"track_commit_timestamp\":\"off\",\"wal_keep_size\":\"1024\","
                        + "\"wal_level\":\"replica\",\"wal_log_hints\":\"on\"}}}",
                json());
    }

    @Test
    void letsOnlyAStandbyWithEveryAcknowledgedCommitBePromoted() {
        stack.with("synchronous", "{\"standbys\":2,\"strict\":false}");
        assertTrue(
                json().contains(
                                "\"synchronous_mode\":\"quorum\",\"synchronous_mode_strict\":false,\"synchronous_node_count\":2,"),
                this::json);
    }

    @Test
    void isReadSettingBySetting() {
        assertEquals(
                "Optional[{max_connections=40, pause=true, postgresql.use_slots=false, tags.nofailover=true, ttl=20}]",
                DynamicConfiguration.settings("{\"ttl\":20,\"pause\":true,\"tags\":{\"nofailover\":true},"
                                + "\"postgresql\":{\"use_slots\":false,\"parameters\":{\"max_connections\":\"40\"}}}")
                        .toString());
        assertEquals(Optional.empty(), DynamicConfiguration.settings("{"));
        assertEquals(Optional.empty(), DynamicConfiguration.settings("[]"));
    }
}
