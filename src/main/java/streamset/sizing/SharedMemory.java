package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * The shared memory that a server asks for when it starts: CalculateShmemSize, src/backend/storage/ipc/ipci.c, of
 * PostgreSQL 14 … 18 in a build like that of the official image, on a machine of 64 bits. Small parts are rounded up,
 * so that no minor version or compiler exceeds them.
 *
 * <p>Compared with {@code postgres -C shared_memory_size} and, for 14, which does not have it, with running servers.
 */
record SharedMemory(ServerNumbers server) {
    // Everything that no parameter changes, 0.35 MB (14) … 0.73 MB (18); a map of minutes for old_snapshot_threshold,
    // which is
    // 0.34 MB at its largest, until 16; and some room
    private static final double FIXED = 1.25 * (1 << 20);

    /** All but shared_buffers. */
    List<SharedPart> besideBuffers() {
        var buffers = new SharedBuffers(server);
        var locks = new LockTables(server);
        var slots = new ProcessSlots(server);
        return List.of(
                buffers.besidePages(),
                buffers.wal(),
                locks.locks(),
                locks.predicateLocks(),
                slots.processes(),
                slots.texts(),
                slots.prepared(),
                slots.workers(),
                slots.replication(),
                new TransactionCaches(server).part(),
                new AsynchronousIo(server).part(),
                preallocated(),
                new Libraries(server).statements(),
                new SharedPart(FIXED, "what no parameter changes", List.of()));
    }

    /** In whole megabytes, like the parameter shared_memory_size. */
    ByteSize total() {
        double beside = besideBuffers().stream().mapToDouble(SharedPart::bytes).sum();
        return Sum.Term.of(server.number(ParameterName.SHARED_BUFFERS) + beside, "")
                .size();
    }

    /** dsm_estimate_size, src/backend/storage/ipc/dsm.c. */
    private SharedPart preallocated() {
        var name = ParameterName.MIN_DYNAMIC_SHARED_MEMORY;
        return new SharedPart(server.number(name), name.toString(), List.of(name));
    }
}
