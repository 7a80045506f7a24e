package streamset.sizing;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongPredicate;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * How the memory of a container is divided. A container over its limit is killed, which is a crash of the whole server; so the
 * worst case must be below the limit.
 *
 * @param limit of the container
 * @param maintenanceWorkMem for index builds and VACUUM
 * @param use everything that counts
 */
public record MemoryBudget(ByteSize limit, ByteSize maintenanceWorkMem, MemoryUse use, MemoryNeeds needs) {
    // divisors of the limit
    private static final int SHARED_BUFFERS =
            4; // as PostgreSQL's documentation recommends; the file cache uses the rest
    private static final int MAINTENANCE = 16;
    private static final int USEFUL_WORK_MEM = 512;
    // bounds
    private static final ByteSize ONE_MB = ByteSize.ofMegabytes(1);
    private static final ByteSize LEAST_BUFFERS = ByteSize.ofMegabytes(16); // with less nothing runs well
    private static final ByteSize LARGEST_MAINTENANCE = ByteSize.ofMegabytes(2048); // more gains little
    private static final ByteSize USUAL_WORK_MEM = ByteSize.ofMegabytes(4); // PostgreSQL's default
    private static final ByteSize LEAST_WORK_MEM = new ByteSize(64 << 10); // PostgreSQL's limit, and our step
    private static final int LEAST_CONNECTIONS = 10;
    private static final int MOST_CONNECTIONS = 200; // more would share the cores; a connection pool is better
    private static final int CONNECTION_STEP = 5;
    private static final ByteSize ROUNDING = ByteSize.ofMegabytes(2); // of the terms to whole megabytes
    private static final long MOST_MEGABYTES = 1L << 30; // a petabyte

    /** Divides the memory that the overrides leave. A budget over the limit is returned too, see {@link #fits()}. */
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
        var idle = new MemoryUse(needs.server(), needs)
                .with(ParameterName.SHARED_BUFFERS, buffers.bytes())
                .with(ParameterName.MAINTENANCE_WORK_MEM, maintenance.bytes());
        int connections = overrides.has(ParameterName.MAX_CONNECTIONS)
                ? overrides.number(ParameterName.MAX_CONNECTIONS, 0)
                : connections(limit, idle, overrides);
        var busy = idle.with(ParameterName.MAX_CONNECTIONS, connections);
        var workMem = overrides.size(ParameterName.WORK_MEM).orElseGet(() -> workMem(limit, busy));
        return new MemoryBudget(limit, maintenance, busy.with(ParameterName.WORK_MEM, workMem.bytes()), needs);
    }

    /** The number of connections that leaves each a useful work_mem. */
    private static int connections(ByteSize limit, MemoryUse idle, Overrides overrides) {
        var useful = overrides
                .size(ParameterName.WORK_MEM)
                .orElse(limit.scaled(1, USEFUL_WORK_MEM).max(ONE_MB).min(USUAL_WORK_MEM));
        var use = idle.with(ParameterName.WORK_MEM, useful.bytes());
        long tooMany = first(
                LEAST_CONNECTIONS / CONNECTION_STEP + 1,
                MOST_CONNECTIONS / CONNECTION_STEP + 1,
                steps -> left(limit, use.with(ParameterName.MAX_CONNECTIONS, steps * CONNECTION_STEP)) < 0);
        return (int) (tooMany - 1) * CONNECTION_STEP;
    }

    /** The memory that remains without it, in equal parts for the sessions. */
    private static ByteSize workMem(ByteSize limit, MemoryUse busy) {
        var use = busy.with(ParameterName.WORK_MEM, 0);
        double left = Math.max(0, left(limit, use));
        var share = new ByteSize((long) (left / Math.max(1, use.sessions()) / use.hashFactor()));
        return share.wholes(share.compareTo(USUAL_WORK_MEM) < 0 ? LEAST_WORK_MEM : ONE_MB)
                .max(LEAST_WORK_MEM);
    }

    private static double left(ByteSize limit, MemoryUse use) {
        return (double) limit.bytes() - use.sum().total().plus(ROUNDING).bytes();
    }

    /** effective_cache_size: what the planner may assume to be cached, by the server and the kernel together. */
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
     * The smallest limit that is enough for the same needs, in whole MiB.
     *
     * @return empty when none is: the page tables of all connections grow with shared_buffers
     */
    public Optional<ByteSize> smallestLimit() {
        long smallest = first(1, MOST_MEGABYTES, megabytes -> fits(ByteSize.ofMegabytes(megabytes), needs));
        return Optional.of(ByteSize.ofMegabytes(smallest)).filter(limit -> fits(limit, needs));
    }

    /**
     * The largest value of a parameter with which everything fits if all other overrides stay.
     *
     * @param name one of {@link MemoryNeeds#PARAMETERS}
     * @param unit of the value: bytes, or 1
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

    /** The first number that meets a condition; all greater ones must meet it too. */
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
