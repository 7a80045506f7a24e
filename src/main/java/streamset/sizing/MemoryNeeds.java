package streamset.sizing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * What uses memory, independent of how much there is.
 *
 * @param version the major version
 * @param walSegment wal_buffers are at most that, unless they are set
 * @param hashOverrun the factor by which a hash exceeds hash_mem_multiplier: measured, 1.4 for aggregates of PostgreSQL 18, 1
 *     before
 * @param largestBuffers shared_buffers are at most that, unless they are set: the space for WAL allows no more
 * @param hugePages what there is of them for the shared memory, which then counts there; empty for none
 * @param engine what is needed beside the server
 * @param computed the values that the program computes from anything but memory
 * @param overrides what people set
 */
public record MemoryNeeds(
        int version,
        ByteSize walSegment,
        double hashOverrun,
        ByteSize largestBuffers,
        Optional<ByteSize> hugePages,
        EngineNeeds engine,
        Overrides computed,
        Overrides overrides) {
    /** The parameters whose larger values use more memory, the most likely culprits first. */
    public static final List<ParameterName> PARAMETERS = Stream.of(
                    Stream.of(
                            ParameterName.WORK_MEM,
                            ParameterName.MAX_CONNECTIONS,
                            ParameterName.SHARED_BUFFERS,
                            ParameterName.WAL_BUFFERS,
                            ParameterName.MAINTENANCE_WORK_MEM,
                            ParameterName.AUTOVACUUM_WORK_MEM,
                            ParameterName.AUTOVACUUM_MAX_WORKERS,
                            ParameterName.MAX_PARALLEL_WORKERS,
                            ParameterName.MAX_WAL_SENDERS,
                            ParameterName.HASH_MEM_MULTIPLIER,
                            ParameterName.MAX_LOCKS_PER_TRANSACTION,
                            ParameterName.MAX_PREPARED_TRANSACTIONS,
                            ParameterName.MAX_PRED_LOCKS_PER_TRANSACTION,
                            ParameterName.MAX_WORKER_PROCESSES,
                            ParameterName.MAX_LOGICAL_REPLICATION_WORKERS,
                            ParameterName.IO_WORKERS,
                            ParameterName.IO_MAX_CONCURRENCY,
                            ParameterName.IO_MAX_COMBINE_LIMIT,
                            ParameterName.AUTOVACUUM_WORKER_SLOTS,
                            ParameterName.MIN_DYNAMIC_SHARED_MEMORY,
                            ParameterName.PG_STAT_STATEMENTS_MAX,
                            ParameterName.TRACK_ACTIVITY_QUERY_SIZE),
                    TransactionCaches.PARAMETERS.stream(),
                    Stream.of(ParameterName.MAX_REPLICATION_SLOTS, ParameterName.MAX_ACTIVE_REPLICATION_ORIGINS))
            .flatMap(names -> names)
            .toList();

    /** The difference between two values of a parameter that the servers tell apart, in its own unit. */
    public static int step(ParameterName name) {
        return TransactionCaches.PARAMETERS.contains(name) ? TransactionCaches.BANK : 1;
    }

    MemoryNeeds with(ParameterName name, double value) {
        return new MemoryNeeds(
                version,
                walSegment,
                hashOverrun,
                largestBuffers,
                hugePages,
                engine,
                computed,
                overrides.with(name, value));
    }

    /** The values of the server that do not follow from the memory. */
    ServerNumbers server() {
        return new ServerNumbers(version, walSegment, overrides.over(computed));
    }
}
