package streamset.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters that the program itself computes, checks or fixes. All others it knows from the {@link Catalog} only. The
 * text is the name as PostgreSQL compares it.
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
    // files
    CONFIG_FILE,
    DATA_DIRECTORY,
    EXTERNAL_PID_FILE,
    HBA_FILE,
    IDENT_FILE,
    // WAL
    ARCHIVE_MODE,
    FSYNC,
    FULL_PAGE_WRITES,
    MAX_SLOT_WAL_KEEP_SIZE,
    MAX_WAL_SIZE,
    MIN_WAL_SIZE,
    WAL_KEEP_SIZE,
    WAL_LEVEL,
    // memory
    AUTOVACUUM_MAX_WORKERS,
    AUTOVACUUM_WORK_MEM,
    EFFECTIVE_CACHE_SIZE,
    HASH_MEM_MULTIPLIER,
    MAINTENANCE_WORK_MEM,
    SHARED_BUFFERS,
    WAL_BUFFERS,
    WORK_MEM,
    // planner, processor and storage
    EFFECTIVE_IO_CONCURRENCY,
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

    private final String text = name().toLowerCase(Locale.ROOT);

    /** @param text as {@link #toString} has it */
    public static Optional<ParameterName> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
