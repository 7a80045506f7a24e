package streamset.sizing;

import java.time.Duration;
import streamset.config.ByteSize;

/** How long a server may take to shut down before Kubernetes kills it, and with it turns a stop into a crash recovery. */
public final class ShutdownTime {
    // ending sessions, feeding the last WAL to the standbys
    private static final Duration BASE = Duration.ofSeconds(60);
    // shared_buffers, all of it dirty at the worst, is at most 1/4 of the memory
    private static final int CACHE_SHARE = 4;
    private static final ByteSize WRITTEN_PER_SECOND = ByteSize.ofMegabytes(20); // a slow network volume

    private ShutdownTime() {}

    /** @param memory the container's limit */
    public static Duration of(ByteSize memory) {
        return BASE.plusSeconds(memory.bytes() / CACHE_SHARE / WRITTEN_PER_SECOND.bytes());
    }
}
