package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/** The descriptors of the buffers for data pages, and the WAL buffers. */
record SharedBuffers(ServerNumbers server) {
    private static final int PAGE = 8192;
    // of a buffer: BufferDescPadded 64, ConditionVariableMinimallyPadded 16, CkptSortItem 20; and a request to the
    // checkpointer, 24, from 17 on 32
    private static final int DESCRIPTION = 64 + 16 + 20 + 32;
    private static final int LOOKUP = 24; // BufferLookupEnt
    private static final int PARTITIONS = 128; // NUM_BUFFER_PARTITIONS
    private static final int WAL_PAGE = PAGE + 8; // and how far it is written

    /**
     * BufferManagerShmemSize, src/backend/storage/buffer/buf_init.c; BufTableShmemSize, buf_table.c; CheckpointerShmemSize,
     * src/backend/postmaster/checkpointer.c.
     */
    SharedPart besidePages() {
        return new SharedPart(
                buffers() * (double) DESCRIPTION + SharedHash.bytes(buffers() + PARTITIONS, LOOKUP),
                "descriptors of the buffers",
                List.of());
    }

    /** XLOGShmemSize, src/backend/access/transam/xlog.c. */
    SharedPart wal() {
        return new SharedPart(
                (double) server.walBuffers().bytes() / PAGE * WAL_PAGE,
                ParameterName.WAL_BUFFERS.toString(),
                List.of());
    }

    private long buffers() {
        return server.size(ParameterName.SHARED_BUFFERS).bytes() / PAGE;
    }
}
