package streamset.settings;

import java.util.List;
import java.util.Map;
import streamset.catalog.ParameterName;
import streamset.sizing.EngineNeeds;

/**
 * The parameters that Patroni passes to the server by itself, with the least values that it takes: below one it silently passes
 * the server's default instead (CMDLINE_OPTIONS in its postgresql/config.py).
 */
public final class PatroniParameters {
    /** Their names; all supported versions of PostgreSQL have them. */
    public static final List<String> NAMES = List.of(
            "max_connections",
            "max_locks_per_transaction",
            "max_prepared_transactions",
            "max_replication_slots",
            "max_wal_senders",
            "max_worker_processes",
            "track_commit_timestamp",
            "wal_keep_size",
            "wal_level",
            "wal_log_hints");

    /** The least values; sizes in bytes. */
    static final Map<ParameterName, Long> LEAST = Map.of(
            ParameterName.MAX_CONNECTIONS, (long) EngineNeeds.PATRONI.leastConnections(),
            ParameterName.MAX_LOCKS_PER_TRANSACTION, 32L,
            ParameterName.MAX_REPLICATION_SLOTS, 4L,
            ParameterName.MAX_WAL_SENDERS, 3L,
            ParameterName.MAX_WORKER_PROCESSES, 2L,
            ParameterName.WAL_KEEP_SIZE, 16L << 20);

    private PatroniParameters() {}
}
