package streamset.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import streamset.units.ByteSize;

/**
 * What old conf files still set: parameters that were removed or renamed, and two without effect, which every version accepts
 * with only one value and {@code pg_settings} does not list.
 *
 * @param reason why it is unknown; empty if the catalogs of other versions show it
 * @param instead what serves the same purpose today; empty for nothing
 * @param successor the parameter that replaces it; empty for none
 */
record GoneParameter(String reason, String instead, Optional<Successor> successor) {
    private static final Pattern SEGMENTS = Pattern.compile("\\s*(\\d{1,9})\\s*");
    private static final ByteSize OLD_SEGMENT = ByteSize.ofMegabytes(16); // the only size that initdb could make
    private static final int OF_CHECKPOINTS = 3; // the factor in the release notes of 9.5
    private static final int LEAST_SEGMENTS = 2; // of max_wal_size: PostgreSQL's limit

    private interface Translation {
        Optional<String> of(String value, ByteSize walSegment);
    }

    private record Successor(String name, Translation translation) {}

    private static final Map<String, GoneParameter> GONE = Map.ofEntries(
            gone("add_missing_from", "was removed in PostgreSQL 9.0", ""),
            gone("bgwriter_all_maxpages", "was removed in PostgreSQL 8.3", ""),
            gone("bgwriter_all_percent", "was removed in PostgreSQL 8.3", ""),
            replaced(
                    "checkpoint_segments",
                    "was replaced by max_wal_size in PostgreSQL 9.5",
                    "max_wal_size",
                    GoneParameter::betweenCheckpoints),
            gone("custom_variable_classes", "was removed in PostgreSQL 9.2", "such parameters need no declaration now"),
            gone("db_user_namespace", "", ""),
            gone("default_with_oids", "has had no effect since PostgreSQL 12", ""),
            replaced(
                    "force_parallel_mode",
                    "was renamed debug_parallel_query in PostgreSQL 16",
                    "debug_parallel_query",
                    GoneParameter::same),
            gone("krb_srvname", "was removed in PostgreSQL 9.4", "krb_srvname is an option of libpq"),
            gone("lc_collate", "", "each database has its own: CREATE DATABASE … LC_COLLATE"),
            gone("lc_ctype", "", "each database has its own: CREATE DATABASE … LC_CTYPE"),
            gone("max_fsm_pages", "was removed in PostgreSQL 8.4", ""),
            gone("max_fsm_relations", "was removed in PostgreSQL 8.4", ""),
            replaced(
                    "min_parallel_relation_size",
                    "was replaced by min_parallel_table_scan_size in PostgreSQL 10",
                    "min_parallel_table_scan_size",
                    GoneParameter::same),
            gone(
                    "old_snapshot_threshold",
                    "",
                    "idle_in_transaction_session_timeout ends the sessions that hold old snapshots"),
            gone("operator_precedence_warning", "was removed in PostgreSQL 14", ""),
            gone("promote_trigger_file", "", "streamset:primary says who writes"),
            gone("regex_flavor", "was removed in PostgreSQL 9.0", ""),
            gone("replacement_sort_tuples", "was removed in PostgreSQL 11", "work_mem alone decides"),
            replaced(
                    "replication_timeout",
                    "was replaced by wal_sender_timeout in PostgreSQL 9.3",
                    "wal_sender_timeout",
                    GoneParameter::same),
            gone("silent_mode", "was removed in PostgreSQL 9.2", ""),
            gone("sql_inheritance", "was removed in PostgreSQL 10", ""),
            gone("ssl_renegotiation_limit", "has had no effect since PostgreSQL 9.5", ""),
            gone(
                    "standby_mode",
                    "became the file standby.signal in PostgreSQL 12, which the pods write themselves",
                    ""),
            replaced(
                    "stats_row_level",
                    "was replaced by track_counts in PostgreSQL 8.3",
                    "track_counts",
                    GoneParameter::same),
            gone("stats_temp_directory", "", "statistics are in shared memory now"),
            gone(
                    "trigger_file",
                    "was renamed promote_trigger_file in PostgreSQL 12",
                    "streamset:primary says who writes"),
            gone(
                    "unix_socket_directory",
                    "was replaced by unix_socket_directories in PostgreSQL 9.3",
                    "the program sets that itself"),
            gone("vacuum_cleanup_index_scale_factor", "was removed in PostgreSQL 14", "VACUUM decides by itself"),
            gone(
                    "vacuum_defer_cleanup_age",
                    "",
                    "with hot_standby_feedback = on, rows that queries on standbys still see are not removed"),
            replaced(
                    "wal_keep_segments",
                    "was replaced by wal_keep_size in PostgreSQL 13: multiply it by the segment size",
                    "wal_keep_size",
                    GoneParameter::segments),
            gone("wal_sender_delay", "was removed in PostgreSQL 9.2", ""));

    private static Map.Entry<String, GoneParameter> gone(String name, String reason, String instead) {
        return Map.entry(name, new GoneParameter(reason, instead, Optional.empty()));
    }

    private static Map.Entry<String, GoneParameter> replaced(
            String name, String reason, String successor, Translation translation) {
        return Map.entry(name, new GoneParameter(reason, "", Optional.of(new Successor(successor, translation))));
    }

    /** @param name in lower case */
    static Optional<GoneParameter> of(String name) {
        return Optional.ofNullable(GONE.get(name));
    }

    /** What to set today instead of an old value; empty if nothing replaces it, or if the value was invalid. */
    Optional<Replacement> replacement(String value, ByteSize walSegment) {
        return successor.flatMap(today ->
                today.translation().of(value, walSegment).map(better -> new Replacement(today.name(), better)));
    }

    private static Optional<String> same(String value, ByteSize walSegment) {
        return Optional.of(value);
    }

    private static Optional<String> segments(String value, ByteSize walSegment) {
        return number(value).map(segments -> walSegment.times(segments).postgres());
    }

    private static Optional<String> betweenCheckpoints(String value, ByteSize walSegment) {
        return number(value)
                .map(segments -> OLD_SEGMENT
                        .times(segments)
                        .times(OF_CHECKPOINTS)
                        .max(walSegment.times(LEAST_SEGMENTS))
                        .postgres());
    }

    private static Optional<Integer> number(String value) {
        var segments = SEGMENTS.matcher(value);
        return segments.matches() ? Optional.of(Integer.parseInt(segments.group(1))) : Optional.empty();
    }
}
