package streamset.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import streamset.config.StackConfig;
import streamset.sizing.Budgets;
import streamset.units.ByteSize;

/** The lowest layer: what follows from the stack, each value with its reason. */
final class ComputedSettings {
    private static final int FIRST_WITH_IO_WORKERS = 18;

    private final List<Setting> settings = new ArrayList<>();
    private final StackConfig config;
    private final Budgets budgets;

    private ComputedSettings(StackConfig config, Budgets budgets) {
        this.config = config;
        this.budgets = budgets;
    }

    static List<Setting> of(StackConfig config, Budgets budgets) {
        var computed = new ComputedSettings(config, budgets);
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
        add("listen_addresses", "*", "a pod's address is known only when it starts");
        add(
                "max_connections",
                budgets.memory().use().connections(),
                "as many as " + limit() + " of memory hold, each with a useful work_mem");
        add(
                "max_wal_senders",
                budgets.senders().computed(),
                config.replicas() + " pods need " + budgets.senders().floor() + " when all standbys clone at once");
        add("max_replication_slots", budgets.slots().computed(), "one for each standby, and some of your own");
    }

    private void replication() {
        // A checkpoint waits until the connection of a standby whose slot has lost WAL is ended, which cannot be while
        // the
        // kernel tries to send what waits in it; nor can that standby stream meanwhile. Measured: 105 s.
        add("tcp_user_timeout", "10s", "a standby that is gone holds its slot no longer");
        add("wal_retrieve_retry_interval", "1s", "a standby finds its primary sooner again than after 5 s");
        int standbys = config.roles().synchronousStandbys();
        if (standbys > 0) {
            add(
                    "synchronous_standby_names",
                    "ANY " + standbys + " (" + everyPod() + ")",
                    "streamset:synchronous; every pod is named, because every pod can become primary");
        }
    }

    private String everyPod() {
        return IntStream.range(0, config.replicas())
                .mapToObj(ordinal -> '"' + config.names().pod(ordinal) + '"') // else the hyphens would end the name
                .collect(Collectors.joining(", "));
    }

    private void memory() {
        var memory = budgets.memory();
        add("shared_buffers", memory.use().sharedBuffers(), buffersReason());
        add("effective_cache_size", memory.effectiveCacheSize(), "75 % of " + limit() + " memory");
        add("maintenance_work_mem", memory.maintenanceWorkMem(), "1/16 of " + limit() + " memory, at most 2 GB");
        add("work_mem", memory.use().workMem(), "what " + limit() + " of memory leave to each connection");
    }

    private String buffersReason() {
        return budgets.memory().leavesRoomForWal()
                ? "what the space for WAL allows: while a checkpoint writes them out as much WAL is written"
                : "25 % of " + limit() + " memory";
    }

    private void planner() {
        add("jit", "off", "one large query would cost its connection 22 MB of memory for good");
    }

    private String limit() {
        return config.resources().memory().quantity();
    }

    private void processor() {
        var cpu = "follows from " + config.resources().cpu().quantity() + " CPU";
        var parallelism = budgets.parallelism();
        add("max_worker_processes", parallelism.workerProcesses(), "parallel workers and 4 others, at least 8");
        add("max_parallel_workers", parallelism.parallelWorkers(), cpu);
        add("max_parallel_workers_per_gather", parallelism.perGather(), cpu + ": half of the cores, at most 4");
        add("max_parallel_maintenance_workers", parallelism.maintenance(), cpu + ": half of the cores, at most 4");
        if (config.version() >= FIRST_WITH_IO_WORKERS) {
            add("io_workers", parallelism.io(), cpu + ": a quarter of the cores, at least 3");
        }
    }

    private void storage() {
        var kind = "the storage is " + config.storage().kind().toString().toLowerCase(Locale.ROOT);
        add("random_page_cost", budgets.storage().randomPage(), kind);
        add("effective_io_concurrency", budgets.storage().concurrency(), kind);
        add("maintenance_io_concurrency", budgets.storage().concurrency(), kind);
    }

    private void wal() {
        var wal = budgets.wal();
        var space = "of " + wal.space().size() + " for WAL (" + wal.space().words() + ")";
        add("wal_keep_size", wal.keepSize(), "half " + space);
        add(
                "max_slot_wal_keep_size",
                wal.slotKeepSize(),
                "as wal_keep_size; without a cap one dead slot fills the volume");
        add("max_wal_size", wal.maxSize(), "what is left " + space);
        add("min_wal_size", wal.minSize(), "half of max_wal_size, ready for bursts");
    }

    private void add(String name, ByteSize size, String reason) {
        add(name, size.postgres(), reason);
    }

    private void add(String name, int number, String reason) {
        add(name, Integer.toString(number), reason);
    }

    private void add(String name, String value, String reason) {
        settings.add(new Setting(name, value, Origin.COMPUTED, reason));
    }
}
