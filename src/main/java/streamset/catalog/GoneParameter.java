package streamset.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * What old conf files still set: parameters that were removed before the oldest supported version or renamed, and two without
 * effect, which every version accepts with only one value and {@code pg_settings} does not list.
 */
final class GoneParameter {
    private static final String SIGNAL_FILE =
            "became the file standby.signal in PostgreSQL 12, which the pods write themselves";
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("checkpoint_segments", "was replaced by max_wal_size in PostgreSQL 9.5"),
            Map.entry("default_with_oids", "has had no effect since PostgreSQL 12"),
            Map.entry("force_parallel_mode", "was renamed debug_parallel_query in PostgreSQL 16"),
            Map.entry("max_fsm_pages", "was removed in PostgreSQL 8.4"),
            Map.entry("max_fsm_relations", "was removed in PostgreSQL 8.4"),
            Map.entry("min_parallel_relation_size", "was replaced by min_parallel_table_scan_size in PostgreSQL 10"),
            Map.entry("operator_precedence_warning", "was removed in PostgreSQL 14"),
            Map.entry("replacement_sort_tuples", "was removed in PostgreSQL 11"),
            Map.entry("replication_timeout", "was replaced by wal_sender_timeout in PostgreSQL 9.3"),
            Map.entry("sql_inheritance", "was removed in PostgreSQL 10"),
            Map.entry("ssl_renegotiation_limit", "has had no effect since PostgreSQL 9.5"),
            Map.entry("standby_mode", SIGNAL_FILE),
            Map.entry("unix_socket_directory", "was replaced by unix_socket_directories in PostgreSQL 9.3"),
            Map.entry("vacuum_cleanup_index_scale_factor", "was removed in PostgreSQL 14"),
            Map.entry(
                    "wal_keep_segments",
                    "was replaced by wal_keep_size in PostgreSQL 13: as many times the segment size, mostly 16MB"));

    private GoneParameter() {}

    /** @param name in lower case */
    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name));
    }
}
