package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/** Shared memory for reads and writes in progress in PostgreSQL 18: AioShmemSize, src/backend/storage/aio/aio_init.c. */
record AsynchronousIo(ServerNumbers server) {
    private static final int PAGE = 8192;
    private static final int HANDLE = 144; // PgAioHandle
    private static final int OF_PAGE = 16 + 8; // of a page that is read with others: struct iovec and its data
    private static final int MOST_COMPUTED = 64; // AioChooseMaxConcurrency

    SharedPart part() {
        var names = List.of(ParameterName.IO_MAX_CONCURRENCY, ParameterName.IO_MAX_COMBINE_LIMIT);
        if (!server.hasAsynchronousIo()) {
            return new SharedPart(0, "asynchronous I/O", names);
        }
        double pages = server.number(ParameterName.IO_MAX_COMBINE_LIMIT) / PAGE;
        return new SharedPart(
                processes() * atOnce() * (HANDLE + pages * OF_PAGE),
                "asynchronous I/O: " + (long) processes() + " processes × " + (long) atOnce() + " at once × "
                        + (long) pages + " pages",
                names);
    }

    /** io_max_concurrency, or what the server computes when it is -1. */
    private double atOnce() {
        double set = server.number(ParameterName.IO_MAX_CONCURRENCY);
        double buffers = server.number(ParameterName.SHARED_BUFFERS) / PAGE;
        return set > 0 ? set : Math.min(MOST_COMPUTED, Math.max(1, Math.floor(buffers / processes())));
    }

    private double processes() {
        return server.backends() + server.auxiliary();
    }
}
