package streamset.sizing;

import java.util.Map;
import streamset.catalog.ParameterName;
import streamset.config.StackConfig;

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

    /**
     * @param space what pg_wal may fill
     * @param overrides what people set; the rest is computed from what that leaves
     */
    public static Budgets of(StackConfig config, WalSpace space, Overrides overrides) {
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
}
