package streamset.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters that the program itself computes, checks or fixes. All others are only in the {@link Catalog}. The text is the
 * name as PostgreSQL compares it.
 */
public enum ParameterName {
    // connections and standbys
    LISTEN_ADDRESSES,
    PORT,
    UNIX_SOCKET_DIRECTORIES,
    MAX_CONNECTIONS,
    RESERVED_CONNECTIONS,
    SUPERUSER_RESERVED_CONNECTIONS,
    TCP_USER_TIMEOUT,
    HOT_STANDBY,
    MAX_REPLICATION_SLOTS,
    MAX_WAL_SENDERS,
    PRIMARY_CONNINFO,
    PRIMARY_SLOT_NAME,
    SYNCHRONOUS_STANDBY_NAMES,
    WAL_RETRIEVE_RETRY_INTERVAL,
    SYNCHRONIZED_STANDBY_SLOTS,
    TRACK_COMMIT_TIMESTAMP,
    // recovery
    PROMOTE_TRIGGER_FILE,
    RECOVERY_END_COMMAND,
    RECOVERY_TARGET,
    RECOVERY_TARGET_ACTION,
    RECOVERY_TARGET_INCLUSIVE,
    RECOVERY_TARGET_LSN,
    RECOVERY_TARGET_NAME,
    RECOVERY_TARGET_TIME,
    RECOVERY_TARGET_TIMELINE,
    RECOVERY_TARGET_XID,
    RESTORE_COMMAND,
    RECOVERY_MIN_APPLY_DELAY,
    ARCHIVE_CLEANUP_COMMAND,
    // logins
    DB_USER_NAMESPACE,
    PASSWORD_ENCRYPTION,
    POST_AUTH_DELAY,
    PRE_AUTH_DELAY,
    SSL,
    SSL_CA_FILE,
    SSL_CERT_FILE,
    SSL_KEY_FILE,
    SSL_MIN_PROTOCOL_VERSION,
    UNIX_SOCKET_GROUP,
    UNIX_SOCKET_PERMISSIONS,
    // what the host or the image must have
    ARCHIVE_COMMAND,
    ARCHIVE_LIBRARY,
    BONJOUR,
    HUGE_PAGES,
    HUGE_PAGE_SIZE,
    LC_MESSAGES,
    LC_MONETARY,
    LC_NUMERIC,
    LC_TIME,
    LOCAL_PRELOAD_LIBRARIES,
    MAX_STACK_DEPTH,
    OAUTH_VALIDATOR_LIBRARIES,
    SESSION_PRELOAD_LIBRARIES,
    LOG_TIMEZONE,
    SHARED_PRELOAD_LIBRARIES,
    STATS_TEMP_DIRECTORY,
    TIMEZONE,
    TIMEZONE_ABBREVIATIONS,
    // files
    CONFIG_FILE,
    DATA_DIRECTORY,
    EXTERNAL_PID_FILE,
    HBA_FILE,
    IDENT_FILE,
    // WAL
    ARCHIVE_MODE,
    ARCHIVE_TIMEOUT,
    AUTOVACUUM,
    DATA_SYNC_RETRY,
    IGNORE_CHECKSUM_FAILURE,
    TRACK_COUNTS,
    ZERO_DAMAGED_PAGES,
    FSYNC,
    FULL_PAGE_WRITES,
    MAX_SLOT_WAL_KEEP_SIZE,
    MAX_WAL_SIZE,
    MIN_WAL_SIZE,
    WAL_KEEP_SIZE,
    WAL_LEVEL,
    WAL_LOG_HINTS,
    SUMMARIZE_WAL,
    SYNC_REPLICATION_SLOTS,
    SYNCHRONOUS_COMMIT,
    // memory
    AUTOVACUUM_MAX_WORKERS,
    AUTOVACUUM_WORK_MEM,
    AUTOVACUUM_WORKER_SLOTS,
    EFFECTIVE_CACHE_SIZE,
    HASH_MEM_MULTIPLIER,
    MAINTENANCE_WORK_MEM,
    MAX_ACTIVE_REPLICATION_ORIGINS,
    MAX_LOCKS_PER_TRANSACTION,
    MAX_LOGICAL_REPLICATION_WORKERS,
    MAX_PRED_LOCKS_PER_TRANSACTION,
    MAX_PREPARED_TRANSACTIONS,
    MIN_DYNAMIC_SHARED_MEMORY,
    PG_STAT_STATEMENTS_MAX("pg_stat_statements.max"),
    SHARED_BUFFERS,
    TRACK_ACTIVITY_QUERY_SIZE,
    WAL_BUFFERS,
    WORK_MEM,
    // caches of transaction status
    COMMIT_TIMESTAMP_BUFFERS,
    MULTIXACT_MEMBER_BUFFERS,
    MULTIXACT_OFFSET_BUFFERS,
    NOTIFY_BUFFERS,
    SERIALIZABLE_BUFFERS,
    SUBTRANSACTION_BUFFERS,
    TRANSACTION_BUFFERS,
    // the log
    LOG_DESTINATION,
    LOGGING_COLLECTOR,
    // planner, processor and storage
    EFFECTIVE_IO_CONCURRENCY,
    IO_MAX_COMBINE_LIMIT,
    IO_MAX_CONCURRENCY,
    IO_METHOD,
    IO_WORKERS,
    JIT,
    MAINTENANCE_IO_CONCURRENCY,
    MAX_PARALLEL_MAINTENANCE_WORKERS,
    MAX_PARALLEL_WORKERS,
    MAX_PARALLEL_WORKERS_PER_GATHER,
    MAX_WORKER_PROCESSES,
    RANDOM_PAGE_COST;

    private static final Map<String, ParameterName> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toMap(ParameterName::toString, name -> name));

    private final String text;

    ParameterName() {
        this.text = name().toLowerCase(Locale.ROOT);
    }

    /** @param text a name that is not a Java identifier */
    ParameterName(String text) {
        this.text = text;
    }

    /** @param text in the form of {@link #toString} */
    public static Optional<ParameterName> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
