package streamset.sizing;

import java.util.List;
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
    public static final List<String> PARAMETERS = List.of(
            "work_mem",
            "max_connections",
            "shared_buffers",
            "wal_buffers",
            "maintenance_work_mem",
            "autovacuum_work_mem",
            "autovacuum_max_workers",
            "max_parallel_workers",
            "max_wal_senders",
            "hash_mem_multiplier");

    MemoryNeeds with(String name, double value) {
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
