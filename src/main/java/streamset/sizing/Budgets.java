package streamset.sizing;

import streamset.config.StackConfig;

/** All that follows from a stack by arithmetic. */
public record Budgets(
        WalBudget wal,
        WalSenders senders,
        ReplicationSlots slots,
        Parallelism parallelism,
        StorageCosts storage,
        MemoryBudget memory) {
    // A hash aggregate of PostgreSQL 18 takes up to 1.4 times what hash_mem_multiplier allows; none before does
    // (measured).
    private static final int FIRST_TO_OVERRUN = 18;
    private static final double HASH_OVERRUN = 1.4;

    /**
     * @param space what pg_wal may fill
     * @param hashMemMultiplier the server's default for hash_mem_multiplier
     * @param overrides what people set, around which the rest is computed
     */
    public static Budgets of(StackConfig config, WalSpace space, double hashMemMultiplier, Overrides overrides) {
        var segment = config.wal().segmentSize();
        var senders = WalSenders.of(config.replicas());
        var parallelism = Parallelism.of(config.resources().cpu(), overrides);
        var needs = new MemoryNeeds(
                parallelism.parallelWorkers(),
                senders.computed(),
                hashMemMultiplier,
                config.version() < FIRST_TO_OVERRUN ? 1 : HASH_OVERRUN,
                segment,
                WalBudget.largestSharedBuffers(space, segment, overrides),
                overrides);
        var memory = MemoryBudget.of(config.resources().memory(), needs);
        return new Budgets(
                WalBudget.of(space, segment, memory.use().sharedBuffers(), overrides),
                senders,
                ReplicationSlots.of(config.replicas()),
                parallelism,
                StorageCosts.of(config.storage().kind()),
                memory);
    }
}
