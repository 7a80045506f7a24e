package streamset.sizing;

import java.util.function.Predicate;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * Divides the memory of a container that the written settings leave. Computed values give way to these before anything is
 * refused: first work_mem, then maintenance_work_mem, then shared_buffers, each down to its floor.
 */
record MemoryDivision(ByteSize limit, MemoryNeeds needs) {
    private static final ByteSize ONE_MB = ByteSize.ofMegabytes(1);
    // divisors of the limit
    private static final int SHARED_BUFFERS =
            4; // as PostgreSQL's documentation recommends; the file cache uses the rest
    private static final int MAINTENANCE = 16;
    private static final int USEFUL_WORK_MEM = 512;
    // bounds
    private static final ByteSize LARGEST_MAINTENANCE = ByteSize.ofMegabytes(2048); // more gains little
    private static final ByteSize USUAL_WORK_MEM = ByteSize.ofMegabytes(4); // PostgreSQL's default
    private static final int MOST_CONNECTIONS = 200; // more would share the cores; a connection pool is better
    private static final int CONNECTION_STEP = 5;
    private static final ByteSize ROUNDING = ByteSize.ofMegabytes(2); // of the terms to whole megabytes
    // floors
    private static final ByteSize LEAST_WORK_MEM = new ByteSize(64 << 10); // PostgreSQL's limit, and our step
    // VACUUM scans the indexes of a table once for 2.8 million dead rows, 6 bytes each
    private static final ByteSize LEAST_MAINTENANCE = ByteSize.ofMegabytes(16);
    // room for the catalogs and the upper pages of indexes, which every session uses; the file cache has the rest
    private static final ByteSize LEAST_BUFFERS = ByteSize.ofMegabytes(16);

    /** With the recommended shares of the memory; may be over the limit. */
    MemoryUse usual() {
        return with(bufferShare(), maintenanceShare());
    }

    /** With everything that can give way at its floor: if this does not fit, nothing does. */
    MemoryUse least() {
        return with(LEAST_BUFFERS.min(bufferShare()), LEAST_MAINTENANCE.min(maintenanceShare()));
    }

    /** With the largest values that fit, or the floors; may be over the limit. */
    MemoryUse squeezed() {
        if (!least().fits(limit)) {
            return least();
        }
        var maintenance = largest(LEAST_MAINTENANCE, maintenanceShare(), megabytes -> fits(bufferShare(), megabytes));
        var buffers = largest(LEAST_BUFFERS, bufferShare(), megabytes -> fits(megabytes, maintenance));
        return with(buffers, maintenance);
    }

    private boolean fits(ByteSize buffers, ByteSize maintenance) {
        return with(buffers, maintenance).fits(limit);
    }

    /** In whole megabytes; the floor if nothing fits. */
    private static ByteSize largest(ByteSize floor, ByteSize wanted, Predicate<ByteSize> fits) {
        if (floor.compareTo(wanted) >= 0) {
            return wanted;
        }
        long refused = Search.first(
                floor.megabytes() + 1,
                wanted.megabytes() + 1,
                megabytes -> !fits.test(ByteSize.ofMegabytes(megabytes)));
        return ByteSize.ofMegabytes(refused - 1);
    }

    ByteSize bufferShare() {
        return usualBuffers().min(needs.largestBuffers()).wholes(ONE_MB).max(LEAST_BUFFERS);
    }

    private ByteSize usualBuffers() {
        return needs.hugePages().map(this::inHugePages).orElseGet(() -> limit.scaled(1, SHARED_BUFFERS));
    }

    /** What they hold beside the rest of the shared memory, with as many connections as there may be. */
    private ByteSize inHugePages(ByteSize pages) {
        int connections = needs.overrides().number(ParameterName.MAX_CONNECTIONS, MOST_CONNECTIONS);
        var server = needs.server().with(ParameterName.MAX_CONNECTIONS, connections);
        return new HugePagesUse(pages, server).largestBuffers();
    }

    ByteSize maintenanceShare() {
        return limit.scaled(1, MAINTENANCE)
                .min(LARGEST_MAINTENANCE)
                .wholes(ONE_MB)
                .max(ONE_MB);
    }

    /** Whether shared_buffers is less than its share of the memory, for lack of space for WAL. */
    boolean leavesRoomForWal() {
        return needs.largestBuffers().compareTo(usualBuffers()) < 0;
    }

    /** These values, unless others are set. */
    private MemoryUse with(ByteSize buffers, ByteSize maintenance) {
        var overrides = needs.overrides();
        var idle = new MemoryUse(needs.server(), needs)
                .with(
                        ParameterName.SHARED_BUFFERS,
                        overrides
                                .size(ParameterName.SHARED_BUFFERS)
                                .orElse(buffers)
                                .bytes())
                .with(
                        ParameterName.MAINTENANCE_WORK_MEM,
                        overrides
                                .size(ParameterName.MAINTENANCE_WORK_MEM)
                                .orElse(maintenance)
                                .bytes());
        int connections = overrides.has(ParameterName.MAX_CONNECTIONS)
                ? overrides.number(ParameterName.MAX_CONNECTIONS, 0)
                : connections(idle);
        var busy = idle.with(ParameterName.MAX_CONNECTIONS, connections);
        var workMem = overrides.size(ParameterName.WORK_MEM).orElseGet(() -> workMem(busy));
        return busy.with(ParameterName.WORK_MEM, workMem.bytes());
    }

    /** The number of connections that leaves each a useful work_mem. */
    private int connections(MemoryUse idle) {
        var useful = needs.overrides()
                .size(ParameterName.WORK_MEM)
                .orElse(limit.scaled(1, USEFUL_WORK_MEM).max(ONE_MB).min(USUAL_WORK_MEM));
        var use = idle.with(ParameterName.WORK_MEM, useful.bytes());
        long tooMany = Search.first(
                needs.engine().leastConnections() / CONNECTION_STEP + 1,
                MOST_CONNECTIONS / CONNECTION_STEP + 1,
                steps -> left(use.with(ParameterName.MAX_CONNECTIONS, steps * CONNECTION_STEP)) < 0);
        return (int) (tooMany - 1) * CONNECTION_STEP;
    }

    /** The memory that remains without it, in equal parts for the sessions. */
    private ByteSize workMem(MemoryUse busy) {
        var use = busy.with(ParameterName.WORK_MEM, 0);
        double left = Math.max(0, left(use));
        var share = new ByteSize((long) (left / Math.max(1, use.sessions()) / use.hashFactor()));
        return share.wholes(share.compareTo(USUAL_WORK_MEM) < 0 ? LEAST_WORK_MEM : ONE_MB)
                .max(LEAST_WORK_MEM);
    }

    private double left(MemoryUse use) {
        return (double) limit.bytes() - use.total().plus(ROUNDING).bytes();
    }
}
