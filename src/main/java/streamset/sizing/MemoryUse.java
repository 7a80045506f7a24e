package streamset.sizing;

import java.util.List;
import java.util.Locale;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * What the processes of a server take of a container's memory when all of them take what they may at once.
 *
 * <p>Not in the sum: several sorts or hashes in one query, which take work_mem each; temporary tables (temp_buffers, 8 MB
 * for each session that has one); hundreds of prepared statements in one session; JIT; the sample of ANALYZE (30,000
 * rows); what sessions set for themselves. The file cache gives way and needs no place.
 *
 * @param autovacuumWorkMem what each of the autovacuum workers may collect
 * @param connections max_connections
 * @param parallelWorkers max_parallel_workers, each of which sorts with a work_mem of its own
 * @param hashFactor how many work_mem a hash takes: hash_mem_multiplier, and what PostgreSQL goes beyond it
 * @param senders max_wal_senders
 */
public record MemoryUse(
        ByteSize sharedBuffers,
        ByteSize walBuffers,
        ByteSize autovacuumWorkMem,
        int autovacuumWorkers,
        int connections,
        int parallelWorkers,
        ByteSize workMem,
        double hashFactor,
        int senders) {
    private static final double MB = 1 << 20;
    // Measured on PostgreSQL 14 … 18, x86-64, without huge pages; docs/measurements.md says how.
    // of a session with 50 tables in its caches and 100 prepared statements, 3.8 MB; without JIT, which takes
    // 22 MB more
    private static final double PRIVATE = 5 * MB;
    private static final double SENDER = 2 * MB; // 1.2 MB private, 0.8 MB in the kernel's buffers under load
    private static final double BACKGROUND = 12 * MB; // all of them, with what the kernel keeps for them, and a probe
    private static final int BACKGROUND_READERS = 6; // checkpointer, background writer, start-up, readers of 18
    // locks, processes, statistics; descriptors of the buffers; a place for each connection
    private static final double SHARED_BASE = 8 * MB;
    private static final double SHARED_PER_BUFFER = 0.03;
    private static final double SHARED_PER_CONNECTION = 0.083 * MB;
    private static final int PAGE_TABLE = 512; // a page of 4 kB has an entry of 8 bytes in the tables of each process

    /** The worst case, term by term. */
    public Sum sum() {
        return new Sum(List.of(
                        Sum.Term.of(sharedBuffers.bytes(), ParameterName.SHARED_BUFFERS.toString()),
                        Sum.Term.of(
                                walBuffers.bytes()
                                        + SHARED_BASE
                                        + SHARED_PER_BUFFER * sharedBuffers.bytes()
                                        + SHARED_PER_CONNECTION * connections,
                                "shared memory beside them, " + "wal_buffers of " + walBuffers.postgres() + " in it"),
                        Sum.Term.of(
                                connections * session(),
                                connections + " connections × (" + sortOrHash() + " + " + megabytes(process())
                                        + " each)"),
                        Sum.Term.of(parallelWorkers * session(), parallelWorkers + " parallel workers × the same"),
                        Sum.Term.of(
                                autovacuumWorkers * (autovacuumWorkMem.bytes() + process()),
                                autovacuumWorkers + " autovacuum workers × (" + autovacuumWorkMem.postgres() + " + "
                                        + megabytes(process()) + " each)"),
                        Sum.Term.of(senders * SENDER, senders + " WAL senders × " + megabytes(SENDER)),
                        Sum.Term.of(BACKGROUND + BACKGROUND_READERS * pageTable(), "background processes")))
                .withoutNothing();
    }

    /** What one more connection takes. */
    double perConnection() {
        return session() + SHARED_PER_CONNECTION;
    }

    private double session() {
        return workMem.bytes() * hashFactor + process();
    }

    private double process() {
        return PRIVATE + pageTable();
    }

    private double pageTable() {
        return (double) sharedBuffers.bytes() / PAGE_TABLE;
    }

    private String sortOrHash() {
        return "work_mem of " + workMem.postgres()
                + (hashFactor == 1 ? "" : String.format(Locale.ROOT, " × %.1f", hashFactor));
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1fMB", bytes / MB);
    }

    MemoryUse with(int connections, ByteSize workMem) {
        return new MemoryUse(
                sharedBuffers,
                walBuffers,
                autovacuumWorkMem,
                autovacuumWorkers,
                connections,
                parallelWorkers,
                workMem,
                hashFactor,
                senders);
    }
}
