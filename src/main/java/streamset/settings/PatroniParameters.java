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
    public static final List<ParameterName> NAMES = List.of(
            ParameterName.MAX_CONNECTIONS,
            ParameterName.MAX_LOCKS_PER_TRANSACTION,
            ParameterName.MAX_PREPARED_TRANSACTIONS,
            ParameterName.MAX_REPLICATION_SLOTS,
            ParameterName.MAX_WAL_SENDERS,
            ParameterName.MAX_WORKER_PROCESSES,
            ParameterName.TRACK_COMMIT_TIMESTAMP,
            ParameterName.WAL_KEEP_SIZE,
            ParameterName.WAL_LEVEL,
            ParameterName.WAL_LOG_HINTS);

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
