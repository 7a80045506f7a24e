package streamset.sizing;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongPredicate;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * How the memory of a container is divided. A container over its limit is killed, and that is a crash of the whole node;
 * so the worst case must be below it.
 *
 * @param limit of the container
 * @param maintenanceWorkMem for index builds and VACUUM
 * @param use all that counts
 */
public record MemoryBudget(ByteSize limit, ByteSize maintenanceWorkMem, MemoryUse use, MemoryNeeds needs) {
    // shares of the limit: one in so many
    private static final int SHARED_BUFFERS = 4; // what PostgreSQL's documentation advises; the file cache has the rest
    private static final int MAINTENANCE = 16;
    private static final int USEFUL_WORK_MEM = 512;
    private static final int WAL_BUFFERS = 32; // of shared_buffers: PostgreSQL's rule
    // bounds
    private static final ByteSize ONE_MB = ByteSize.ofMegabytes(1);
    private static final ByteSize LEAST_BUFFERS = ByteSize.ofMegabytes(16); // with less nothing runs well
    private static final ByteSize LARGEST_MAINTENANCE = ByteSize.ofMegabytes(2048); // beyond it little is gained
    private static final ByteSize USUAL_WORK_MEM = ByteSize.ofMegabytes(4); // PostgreSQL's default
    private static final ByteSize LEAST_WORK_MEM = new ByteSize(64 << 10); // PostgreSQL's limit, and our step
    private static final int LEAST_CONNECTIONS = 10;
    private static final int MOST_CONNECTIONS = 200; // more would take turns on the cores; a pool serves them better
    private static final int CONNECTION_STEP = 5;
    private static final int AUTOVACUUM_WORKERS = 3; // PostgreSQL's default
    private static final ByteSize ROUNDING = ByteSize.ofMegabytes(2); // of the terms to whole megabytes
    private static final long MOST_MEGABYTES = 1L << 30; // a petabyte

    /** Divides the memory around what is set. A budget over the limit is returned all the same, see {@link #fits()}. */
    public static MemoryBudget of(ByteSize limit, MemoryNeeds needs) {
        var overrides = needs.overrides();
        var maintenance = overrides
                .size(ParameterName.MAINTENANCE_WORK_MEM)
                .orElse(limit.scaled(1, MAINTENANCE)
                        .min(LARGEST_MAINTENANCE)
                        .wholes(ONE_MB)
                        .max(ONE_MB));
        var buffers = overrides
                .size(ParameterName.SHARED_BUFFERS)
                .orElse(limit.scaled(1, SHARED_BUFFERS)
                        .min(needs.largestBuffers())
                        .wholes(ONE_MB)
                        .max(LEAST_BUFFERS));
        var idle = new MemoryUse(
                buffers,
                overrides
                        .size(ParameterName.WAL_BUFFERS)
                        .orElse(buffers.scaled(1, WAL_BUFFERS).min(needs.walSegment())),
                overrides.size(ParameterName.AUTOVACUUM_WORK_MEM).orElse(maintenance),
                overrides.number(ParameterName.AUTOVACUUM_MAX_WORKERS, AUTOVACUUM_WORKERS),
                0,
                overrides.number(ParameterName.MAX_PARALLEL_WORKERS, needs.parallelWorkers()),
                LEAST_WORK_MEM,
                overrides.real(ParameterName.HASH_MEM_MULTIPLIER, needs.hashMemMultiplier()) * needs.hashOverrun(),
                overrides.number(ParameterName.MAX_WAL_SENDERS, needs.senders()));
        int connections = overrides.number(ParameterName.MAX_CONNECTIONS, connections(limit, idle, overrides));
        var workMem = overrides.size(ParameterName.WORK_MEM).orElseGet(() -> workMem(limit, idle, connections));
        return new MemoryBudget(limit, maintenance, idle.with(connections, workMem), needs);
    }

    /** As many as leave each a useful work_mem. */
    private static int connections(ByteSize limit, MemoryUse idle, Overrides overrides) {
        var useful = overrides
                .size(ParameterName.WORK_MEM)
                .orElse(limit.scaled(1, USEFUL_WORK_MEM).max(ONE_MB).min(USUAL_WORK_MEM));
        var use = idle.with(0, useful);
        int fitting = (int) Math.min(left(limit, use) / use.perConnection(), MOST_CONNECTIONS);
        return Math.max(fitting / CONNECTION_STEP * CONNECTION_STEP, LEAST_CONNECTIONS);
    }

    /** What is left when every session does without, in equal parts. */
    private static ByteSize workMem(ByteSize limit, MemoryUse idle, int connections) {
        var use = idle.with(connections, new ByteSize(0));
        double sessions = Math.max(1, connections + use.parallelWorkers());
        var share = new ByteSize((long) (left(limit, use) / sessions / use.hashFactor()));
        return share.wholes(share.compareTo(USUAL_WORK_MEM) < 0 ? LEAST_WORK_MEM : ONE_MB)
                .max(LEAST_WORK_MEM);
    }

    private static double left(ByteSize limit, MemoryUse use) {
        return limit.minus(use.sum().total().plus(ROUNDING)).bytes();
    }

    /** effective_cache_size: what the planner may take to be cached, by the server and the kernel together. */
    public ByteSize effectiveCacheSize() {
        return limit.scaled(3, 4).wholes(ONE_MB);
    }

    /** Whether shared_buffers are less than their share of the memory, for lack of space for WAL. */
    public boolean leavesRoomForWal() {
        return needs.largestBuffers().compareTo(limit.scaled(1, SHARED_BUFFERS)) < 0;
    }

    public boolean fits() {
        return use.sum().total().compareTo(limit) <= 0;
    }

    /**
     * The smallest limit that would do for the same needs, in whole MiB.
     *
     * @return empty when none does: with shared_buffers grow the page tables of so many connections
     */
    public Optional<ByteSize> smallestLimit() {
        long smallest = first(1, MOST_MEGABYTES, megabytes -> fits(ByteSize.ofMegabytes(megabytes), needs));
        return Optional.of(ByteSize.ofMegabytes(smallest)).filter(limit -> fits(limit, needs));
    }

    /**
     * The largest value of a parameter that is set, with which everything fits when all other overrides stay.
     *
     * @param name one of {@link MemoryNeeds#PARAMETERS}
     * @param unit in which it counts: bytes, or 1
     * @return empty when even the smallest useful one does not
     */
    public OptionalDouble largest(ParameterName name, double unit) {
        long set = (long) (needs.overrides().real(name, 0) / unit);
        long least = name == ParameterName.MAX_CONNECTIONS ? LEAST_CONNECTIONS : 1;
        long refused = first(least, set, units -> !fits(limit, needs.with(name, units * unit)));
        return refused <= least ? OptionalDouble.empty() : OptionalDouble.of((refused - 1) * unit);
    }

    private static boolean fits(ByteSize limit, MemoryNeeds needs) {
        return of(limit, needs).fits();
    }

    /** The first number for which a condition holds that holds for all greater ones. */
    private static long first(long least, long most, LongPredicate condition) {
        long low = least;
        long high = most;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (condition.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
