package streamset.sizing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * The memory of a container that the processes of a server use when all of them use their limits at once.
 *
 * <p>Not in the sum: several sorts or hashes in one query, which take work_mem each; temporary tables (temp_buffers, 8 MB
 * for each session that has one); hundreds of prepared statements in one session; JIT; the sample of ANALYZE (30,000
 * rows); memory of a WAL sender that decodes (logical_decoding_work_mem); what sessions set for themselves. The file cache is
 * evicted when necessary and does not count.
 *
 * @param server with all computed values
 */
public record MemoryUse(ServerNumbers server, MemoryNeeds needs) {
    private static final double MB = 1 << 20;
    // Measured on PostgreSQL 14 … 18, x86-64, without huge pages; docs/measurements.md says how.
    // of a session with 50 tables in its caches and 100 prepared statements, 3.8 MB; without JIT, which uses
    // 22 MB more
    private static final double PRIVATE = 5 * MB;
    private static final double SENDER = 2 * MB; // 1.2 MB private, 0.8 MB in the kernel's buffers under load
    private static final double SUBSCRIBER = 2 * MB; // 1.8 MB private, of a subscription to 50 tables
    private static final double SMALL_PROCESS = 1.5 * MB; // archiver 0.4 MB, I/O worker 0.4 MB, summarizer 1.2 MB
    private static final double BACKGROUND = 12 * MB; // all of them, with what the kernel keeps for them, and a probe
    private static final int BACKGROUND_READERS = 6; // checkpointer, background writer, start-up, readers of 18
    private static final int HUGE_PAGE_TABLE = 262_144; // a page of 2 MB too
    private static final int PAGE_TABLE = 512; // a page of 4 kB has an entry of 8 bytes in the tables of each process

    public ByteSize sharedBuffers() {
        return server.size(ParameterName.SHARED_BUFFERS);
    }

    public ByteSize maintenanceWorkMem() {
        return server.size(ParameterName.MAINTENANCE_WORK_MEM);
    }

    public int connections() {
        return server.count(ParameterName.MAX_CONNECTIONS);
    }

    public ByteSize workMem() {
        return server.size(ParameterName.WORK_MEM);
    }

    /** The memory of a hash in multiples of work_mem: hash_mem_multiplier, and by how much PostgreSQL exceeds it. */
    double hashFactor() {
        return server.number(ParameterName.HASH_MEM_MULTIPLIER) * needs.hashOverrun();
    }

    /** Processes that sort with their own work_mem. */
    int sessions() {
        return connections() + workers().parallel();
    }

    /** One line of the sum; its text is built only when it is needed, since a search adds up thousands of times. */
    private record Part(double bytes, Supplier<String> what) {}

    boolean fits(ByteSize limit) {
        return total().compareTo(limit) <= 0;
    }

    /** The worst case. */
    ByteSize total() {
        return new ByteSize(parts().stream()
                .mapToLong(part -> Sum.Term.of(part.bytes(), "").size().bytes())
                .sum());
    }

    /** The worst case, term by term. */
    public Sum sum() {
        return new Sum(parts().stream()
                        .map(part -> Sum.Term.of(part.bytes(), part.what().get()))
                        .toList())
                .withoutNothing();
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        shared(parts);
        processes(parts);
        return parts;
    }

    /** Parts with a parameter that somebody set have their own line. */
    private void shared(List<Part> all) {
        if (needs.hugePages().isPresent()) {
            return; // the kernel counts huge pages apart from the memory
        }
        var memory = new SharedMemory(server);
        all.add(new Part(sharedBuffers().bytes(), ParameterName.SHARED_BUFFERS::toString));
        Predicate<SharedPart> wished = part -> part.parameters().stream().anyMatch(needs.overrides()::has);
        var parts = memory.besideBuffers().stream().collect(Collectors.partitioningBy(wished));
        double others = parts.get(false).stream().mapToDouble(SharedPart::bytes).sum();
        all.add(new Part(
                others,
                () -> "shared memory beside them, wal_buffers of "
                        + server.walBuffers().postgres() + " in it"));
        parts.get(true).forEach(part -> all.add(new Part(part.bytes(), () -> "shared memory for " + part.what())));
    }

    private void processes(List<Part> all) {
        var workers = workers();
        int senders = server.count(ParameterName.MAX_WAL_SENDERS);
        var libraries = new Libraries(server);
        all.add(new Part(
                connections() * session(),
                () -> connections() + " connections × (" + sortOrHash() + " + " + megabytes(process()) + " each)"));
        all.add(new Part(workers.parallel() * session(), () -> workers.parallel() + " parallel workers × the same"));
        all.add(new Part(
                workers.autovacuum() * (autovacuumWorkMem().bytes() + process()),
                () -> workers.autovacuum() + " autovacuum workers × ("
                        + autovacuumWorkMem().postgres() + " + " + megabytes(process()) + " each)"));
        all.add(several(senders, "WAL senders", SENDER));
        all.add(several(workers.logical(), "workers of logical replication", SUBSCRIBER + pageTable()));
        all.add(several(workers.others(), "other workers of max_worker_processes", process()));
        all.add(new Part(
                libraries.prewarmProcesses() * (SMALL_PROCESS + pageTable()) + libraries.prewarmList(),
                () -> "pg_prewarm, with a list of all buffers"));
        all.add(several(workers.moreIo(), "I/O workers beyond 3", SMALL_PROCESS + pageTable()));
        all.add(several(workers.optional(), "of archiver, WAL summarizer and slot synchronization", SMALL_PROCESS));
        all.add(new Part(BACKGROUND + BACKGROUND_READERS * pageTable(), () -> "background processes"));
        if (needs.engine().memory().bytes() > 0) {
            all.add(new Part(needs.engine().memory().bytes(), () -> "Patroni"));
        }
    }

    private static Part several(int number, String what, double each) {
        return new Part(number * each, () -> number + " " + what + " × " + megabytes(each));
    }

    private WorkerUse workers() {
        return new WorkerUse(server, needs.computed().number(ParameterName.MAX_WORKER_PROCESSES, 0));
    }

    /** The memory that each autovacuum worker may use. */
    private ByteSize autovacuumWorkMem() {
        boolean own = server.number(ParameterName.AUTOVACUUM_WORK_MEM) >= 0;
        return server.size(own ? ParameterName.AUTOVACUUM_WORK_MEM : ParameterName.MAINTENANCE_WORK_MEM);
    }

    private double session() {
        return workMem().bytes() * hashFactor() + process();
    }

    private double process() {
        return PRIVATE + pageTable();
    }

    private double pageTable() {
        return (double) sharedBuffers().bytes() / (needs.hugePages().isPresent() ? HUGE_PAGE_TABLE : PAGE_TABLE);
    }

    private String sortOrHash() {
        return "work_mem of " + workMem().postgres()
                + (hashFactor() == 1 ? "" : String.format(Locale.ROOT, " × %.1f", hashFactor()));
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1fMB", bytes / MB);
    }

    MemoryUse with(ParameterName name, double value) {
        return new MemoryUse(server.with(name, value), needs);
    }
}
