package streamset.sizing;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * How the memory of a container is divided. A container over its limit is killed, which is a crash of the whole server; so the
 * worst case must be below the limit.
 *
 * @param limit of the container
 * @param use everything that counts
 */
public record MemoryBudget(ByteSize limit, MemoryUse use, MemoryNeeds needs) {
    private static final ByteSize ONE_MB = ByteSize.ofMegabytes(1);
    private static final int OUT_OF_PROPORTION = 4; // times as much memory: too much only to keep a share
    private static final long MOST_MEGABYTES = 1L << 30; // a petabyte

    /** Divides the memory that the overrides leave. A budget over the limit is returned too, see {@link #fits()}. */
    public static MemoryBudget of(ByteSize limit, MemoryNeeds needs) {
        var division = new MemoryDivision(limit, needs);
        var usual = division.usual();
        return new MemoryBudget(limit, usual.fits(limit) ? usual : division.squeezed(), needs);
    }

    /** effective_cache_size: what the planner may assume to be cached, by the server and the kernel together. */
    public ByteSize effectiveCacheSize() {
        return limit.plus(needs.hugePages().orElse(new ByteSize(0)))
                .scaled(3, 4)
                .wholes(ONE_MB);
    }

    /** Whether shared_buffers is less than its share of the memory, for lack of space for WAL. */
    public boolean leavesRoomForWal() {
        return division().leavesRoomForWal();
    }

    /** Whether shared_buffers is less than usual, because it gave way to what is set. */
    public boolean buffersGaveWay() {
        return !needs.overrides().has(ParameterName.SHARED_BUFFERS)
                && use.sharedBuffers().compareTo(division().bufferShare()) < 0;
    }

    /** Whether maintenance_work_mem is less than usual, because it gave way to what is set. */
    public boolean maintenanceGaveWay() {
        return !needs.overrides().has(ParameterName.MAINTENANCE_WORK_MEM)
                && use.maintenanceWorkMem().compareTo(division().maintenanceShare()) < 0;
    }

    /** Whether a computed value gave way to what is set. */
    public boolean gaveWay() {
        return buffersGaveWay() || maintenanceGaveWay();
    }

    /** The huge pages, if the server has any. */
    public Optional<HugePagesUse> hugePages() {
        return needs.hugePages().map(pages -> new HugePagesUse(pages, use.server()));
    }

    private MemoryDivision division() {
        return new MemoryDivision(limit, needs);
    }

    public boolean fits() {
        return use.fits(limit);
    }

    /** What the sum of the use comes to, and what it must fit into. */
    public String result() {
        return "the worst case, of " + limit.megabytes() + " MB; what is not in use caches files";
    }

    /**
     * The smallest limit, in whole MiB, that is enough for the same needs, so that no computed value has to give way. If that is
     * out of proportion, because the page tables of all connections grow with shared_buffers, the smallest that is enough at all.
     *
     * @return empty when none is
     */
    public Optional<ByteSize> smallestLimit() {
        var least = smallestLimit(MemoryDivision::least);
        return least.flatMap(smallest -> smallestLimit(MemoryDivision::usual)
                        .filter(usual -> usual.compareTo(smallest.times(OUT_OF_PROPORTION)) < 0))
                .or(() -> least);
    }

    private Optional<ByteSize> smallestLimit(Function<MemoryDivision, MemoryUse> use) {
        long smallest = Search.first(1, MOST_MEGABYTES, megabytes -> fits(ByteSize.ofMegabytes(megabytes), use));
        return Optional.of(ByteSize.ofMegabytes(smallest)).filter(found -> fits(found, use));
    }

    private boolean fits(ByteSize other, Function<MemoryDivision, MemoryUse> use) {
        return use.apply(new MemoryDivision(other, needs)).fits(other);
    }

    /**
     * The largest value of a parameter with which everything fits if all other overrides stay.
     *
     * @param name one of {@link MemoryNeeds#PARAMETERS}
     * @param unit of the value: bytes, or 1
     * @param least a smaller value is refused for another reason, or useless
     * @return empty when even that does not fit
     */
    public OptionalDouble largest(ParameterName name, double unit, long least) {
        long set = (long) (needs.overrides().real(name, 0) / unit);
        long refused = Search.first(
                least,
                set,
                units -> !new MemoryDivision(limit, needs.with(name, units * unit))
                        .least()
                        .fits(limit));
        return refused <= least ? OptionalDouble.empty() : OptionalDouble.of((refused - 1) * unit);
    }
}
