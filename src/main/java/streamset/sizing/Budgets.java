package streamset.sizing;

import java.util.Map;
import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.config.StackConfig;
import streamset.units.ByteSize;

/** Everything that follows from a stack by arithmetic. */
public record Budgets(
        WalBudget wal,
        WalSenders senders,
        ReplicationSlots slots,
        Parallelism parallelism,
        StorageCosts storage,
        MemoryBudget memory) {
    // A hash aggregate of PostgreSQL 18 uses up to 1.4 times what hash_mem_multiplier allows; older versions do not
    // (measured).
    private static final int FIRST_TO_OVERRUN = 18;
    private static final double HASH_OVERRUN = 1.4;

    private static final long LARGEST_VOLUME_MEGABYTES = 1L << 38; // more than any setting can need

    /**
     * @param space what pg_wal may fill
     * @param hugePages what there is of them for shared memory; empty for none
     * @param overrides what people set; the rest is computed from what that leaves
     */
    public static Budgets of(StackConfig config, WalSpace space, Optional<ByteSize> hugePages, Overrides overrides) {
        var segment = config.wal().segmentSize();
        var senders = WalSenders.of(config.replicas());
        var parallelism = Parallelism.of(config.resources().cpu(), overrides);
        var slots = ReplicationSlots.of(config.replicas());
        var computed = new Overrides(Map.of(
                ParameterName.MAX_PARALLEL_WORKERS, (double) parallelism.parallelWorkers(),
                ParameterName.MAX_WORKER_PROCESSES, (double) parallelism.workerProcesses(),
                ParameterName.IO_WORKERS, (double) parallelism.io(),
                ParameterName.MAX_WAL_SENDERS, (double) senders.computed(),
                ParameterName.MAX_REPLICATION_SLOTS, (double) slots.computed()));
        var needs = new MemoryNeeds(
                config.version(),
                segment,
                config.version() < FIRST_TO_OVERRUN ? 1 : HASH_OVERRUN,
                WalBudget.largestSharedBuffers(space, segment, overrides),
                hugePages,
                config.failover().automatic() ? EngineNeeds.PATRONI : EngineNeeds.DECLARED,
                computed,
                overrides);
        var memory = MemoryBudget.of(config.resources().memory(), needs);
        return new Budgets(
                WalBudget.of(space, segment, memory.use().sharedBuffers(), overrides),
                senders,
                slots,
                parallelism,
                StorageCosts.of(config.storage().kind()),
                memory);
    }

    /**
     * The largest value of a size, in whole MB, with which pg_wal fits when everything else is computed for it.
     *
     * @param least the smallest value that the servers accept
     * @param present the value with which pg_wal does not fit
     * @return empty when it does not fit with the least one either
     */
    public static Optional<ByteSize> largestThatFits(
            StackConfig config,
            WalSpace space,
            Optional<ByteSize> hugePages,
            Overrides overrides,
            ParameterName name,
            ByteSize least,
            ByteSize present) {
        long first = least.plus(ByteSize.ofMegabytes(1)).minus(new ByteSize(1)).megabytes();
        long tooMuch = Search.first(
                first,
                Math.max(first, present.megabytes()),
                megabytes -> !of(
                                config,
                                space,
                                hugePages,
                                overrides.with(
                                        name, ByteSize.ofMegabytes(megabytes).bytes()))
                        .wal()
                        .fits());
        return tooMuch == first ? Optional.empty() : Optional.of(ByteSize.ofMegabytes(tooMuch - 1));
    }

    /** The most WAL that may wait for an archive so that pg_wal fits, in whole segments; empty when not even one may. */
    public static Optional<ByteSize> largestQueue(
            StackConfig config, WalSpace space, Optional<ByteSize> hugePages, Overrides overrides) {
        var segment = config.wal().segmentSize();
        long tooMany = Search.first(
                1,
                Math.max(1, space.queue().bytes() / segment.bytes()),
                segments -> !of(config, space.withQueue(segment.scaled((int) segments, 1)), hugePages, overrides)
                        .wal()
                        .fits());
        return tooMany == 1 ? Optional.empty() : Optional.of(segment.scaled((int) tooMany - 1, 1));
    }

    /**
     * The smallest volume, in whole MiB, in which pg_wal fits when everything is computed for that volume: computed values, such
     * as the WAL kept for standbys, grow with the volume.
     *
     * @param space on a volume that is too small
     */
    public static ByteSize smallestVolume(
            StackConfig config, WalSpace space, Optional<ByteSize> hugePages, Overrides overrides) {
        return ByteSize.ofMegabytes(Search.first(
                space.volume().megabytes(),
                LARGEST_VOLUME_MEGABYTES,
                megabytes -> of(config, space.of(ByteSize.ofMegabytes(megabytes)), hugePages, overrides)
                        .wal()
                        .fits()));
    }
}
