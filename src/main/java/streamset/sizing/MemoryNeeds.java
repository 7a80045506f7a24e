package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * What uses memory, whatever there is of it.
 *
 * @param parallelWorkers max_parallel_workers, unless it is set
 * @param senders max_wal_senders, unless it is set
 * @param hashMemMultiplier hash_mem_multiplier, unless it is set
 * @param hashOverrun by what factor a hash exceeds that: measured, 1.4 for aggregates of PostgreSQL 18, 1 before
 * @param walSegment wal_buffers are at most that, unless it is set
 * @param largestBuffers shared_buffers are at most that, unless it is set: the space for WAL allows no more
 */
public record MemoryNeeds(
        int parallelWorkers,
        int senders,
        double hashMemMultiplier,
        double hashOverrun,
        ByteSize walSegment,
        ByteSize largestBuffers,
        Overrides overrides) {
    /** The parameters of which more takes more memory, those first that are the likeliest to be too large. */
    public static final List<ParameterName> PARAMETERS = List.of(
            ParameterName.WORK_MEM,
            ParameterName.MAX_CONNECTIONS,
            ParameterName.SHARED_BUFFERS,
            ParameterName.WAL_BUFFERS,
            ParameterName.MAINTENANCE_WORK_MEM,
            ParameterName.AUTOVACUUM_WORK_MEM,
            ParameterName.AUTOVACUUM_MAX_WORKERS,
            ParameterName.MAX_PARALLEL_WORKERS,
            ParameterName.MAX_WAL_SENDERS,
            ParameterName.HASH_MEM_MULTIPLIER);

    MemoryNeeds with(ParameterName name, double value) {
        return new MemoryNeeds(
                parallelWorkers,
                senders,
                hashMemMultiplier,
                hashOverrun,
                walSegment,
                largestBuffers,
                overrides.with(name, value));
    }
}
