package streamset.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import streamset.catalog.Catalog;
import streamset.catalog.ParameterName;
import streamset.config.StackConfig;
import streamset.sizing.Budgets;
import streamset.units.ByteSize;

/** The lowest layer: what follows from the stack, each value with its reason. */
final class ComputedSettings {
    private static final int FIRST_WITH_IO_WORKERS = 18;

    private final List<Setting> settings = new ArrayList<>();
    private final StackConfig config;
    private final Budgets budgets;
    private final Catalog catalog;

    private ComputedSettings(StackConfig config, Budgets budgets, Catalog catalog) {
        this.config = config;
        this.budgets = budgets;
        this.catalog = catalog;
    }

    static List<Setting> of(StackConfig config, Budgets budgets, Catalog catalog) {
        var computed = new ComputedSettings(config, budgets, catalog);
        computed.connections();
        computed.replication();
        computed.memory();
        computed.planner();
        computed.processor();
        computed.storage();
        computed.wal();
        return List.copyOf(computed.settings);
    }

    private void connections() {
        add(ParameterName.LISTEN_ADDRESSES, "*", "a pod's address is known only when it starts");
        add(
                ParameterName.MAX_CONNECTIONS,
                budgets.memory().use().connections(),
                "as many as " + limit() + " of memory allow, each with a useful work_mem");
        add(
                ParameterName.MAX_WAL_SENDERS,
                budgets.senders().computed(),
                config.replicas() + " pods need " + budgets.senders().floor() + " when all standbys clone at once");
        add(
                ParameterName.MAX_REPLICATION_SLOTS,
                budgets.slots().computed(),
                "one for each standby, and some of your own");
    }

    private void replication() {
        // When a slot loses WAL, a checkpoint waits until the connection of its standby ends. That takes as long as the
        // kernel tries to send what is queued, and the standby cannot stream meanwhile. Measured: 105 s.
        add(ParameterName.TCP_USER_TIMEOUT, "10s", "a standby that is gone soon releases its slot");
        add(ParameterName.WAL_RETRIEVE_RETRY_INTERVAL, "1s", "a standby reconnects sooner than after 5 s");
        int standbys = config.roles().synchronousStandbys();
        if (standbys > 0 && !config.failover().automatic()) { // otherwise Patroni names them
            add(
                    ParameterName.SYNCHRONOUS_STANDBY_NAMES,
                    "ANY " + standbys + " (" + everyPod() + ")",
                    "streamset:synchronous; every pod is named, because every pod can become primary");
        }
    }

    private String everyPod() {
        return IntStream.range(0, config.replicas())
                .mapToObj(
                        ordinal -> '"' + config.names().pod(ordinal) + '"') // otherwise the hyphens would end the name
                .collect(Collectors.joining(", "));
    }

    private void memory() {
        var memory = budgets.memory();
        if (memory.hugePages().isEmpty()) {
            // "try" gets them on nodes that have some, and the kernel kills a server that touches what its container
            // may not have
            add(ParameterName.HUGE_PAGES, "off", "the pods have none without streamset:resources.hugePages");
        }
        add(ParameterName.SHARED_BUFFERS, memory.use().sharedBuffers(), buffersReason());
        add(
                ParameterName.EFFECTIVE_CACHE_SIZE,
                memory.effectiveCacheSize(),
                "75 % of " + limit() + " memory" + andHugePages());
        add(
                ParameterName.MAINTENANCE_WORK_MEM,
                memory.use().maintenanceWorkMem(),
                memory.maintenanceGaveWay() ? gaveWay("1/16") : "1/16 of " + limit() + " memory, at most 2 GB");
        add(
                ParameterName.WORK_MEM,
                memory.use().workMem(),
                "what " + limit() + " of memory leaves for each connection");
    }

    private String buffersReason() {
        if (budgets.memory().buffersGaveWay()) {
            return gaveWay("25 %");
        }
        return budgets.memory().leavesRoomForWal()
                ? "what the space for WAL allows: while a checkpoint writes them out as much WAL is written"
                : hugePages()
                        .map(pages -> "what " + pages + " of huge pages hold beside the rest of the shared memory")
                        .orElseGet(() -> "25 % of " + limit() + " memory");
    }

    private Optional<String> hugePages() {
        return budgets.memory().hugePages().map(pages -> pages.limit().quantity());
    }

    private String andHugePages() {
        return hugePages().map(pages -> " and " + pages + " of huge pages").orElse("");
    }

    private String gaveWay(String share) {
        return "what the rest leaves of " + limit() + " memory; " + share + " would be too much";
    }

    private void planner() {
        add(ParameterName.JIT, "off", "after one large query, its connection would keep 22 MB of memory");
    }

    private String limit() {
        return config.resources().memory().quantity();
    }

    private void processor() {
        var cpu = "follows from " + config.resources().cpu().quantity() + " CPU";
        var parallelism = budgets.parallelism();
        add(
                ParameterName.MAX_WORKER_PROCESSES,
                parallelism.workerProcesses(),
                "parallel workers and 4 others, at least 8");
        add(ParameterName.MAX_PARALLEL_WORKERS, parallelism.parallelWorkers(), cpu);
        add(
                ParameterName.MAX_PARALLEL_WORKERS_PER_GATHER,
                parallelism.perGather(),
                cpu + ": half of the cores, at most 4");
        add(
                ParameterName.MAX_PARALLEL_MAINTENANCE_WORKERS,
                parallelism.maintenance(),
                cpu + ": half of the cores, at most 4");
        if (config.version() >= FIRST_WITH_IO_WORKERS) {
            add(ParameterName.IO_WORKERS, parallelism.io(), cpu + ": a quarter of the cores, at least 3");
        }
    }

    private void storage() {
        var kind = "the storage is " + config.storage().kind().toString().toLowerCase(Locale.ROOT);
        add(ParameterName.RANDOM_PAGE_COST, budgets.storage().randomPage(), kind);
        add(ParameterName.EFFECTIVE_IO_CONCURRENCY, budgets.storage().concurrency(), kind);
        add(ParameterName.MAINTENANCE_IO_CONCURRENCY, budgets.storage().concurrency(), kind);
    }

    private void wal() {
        var wal = budgets.wal();
        var space = "of " + wal.space().size() + " for WAL (" + wal.space().words() + ")";
        add(ParameterName.WAL_KEEP_SIZE, wal.keepSize(), (wal.keepsHalf() ? "half " : "what is left ") + space);
        add(
                ParameterName.MAX_SLOT_WAL_KEEP_SIZE,
                wal.slotKeepSize(),
                "as wal_keep_size; without a cap one dead slot fills the volume");
        add(ParameterName.MAX_WAL_SIZE, wal.maxSize(), "what is left " + space);
        add(ParameterName.MIN_WAL_SIZE, wal.minSize(), "half of max_wal_size, ready for bursts");
    }

    private void add(ParameterName name, ByteSize size, String reason) {
        add(name, size.postgres(), reason);
    }

    private void add(ParameterName name, int number, String reason) {
        add(name, Integer.toString(number), reason);
    }

    private void add(ParameterName name, String value, String reason) {
        settings.add(Setting.of(name.toString(), value, Origin.COMPUTED, reason, catalog));
    }
}
