package streamset.sizing;

import java.time.Duration;
import streamset.units.ByteSize;

/** How long a server may take to shut down before Kubernetes kills it, which makes the next start a crash recovery. */
public final class ShutdownTime {
    // ending sessions, sending the last WAL to the standbys
    private static final Duration BASE = Duration.ofSeconds(60);
    private static final ByteSize WRITTEN_PER_SECOND = ByteSize.ofMegabytes(20); // a slow network volume

    private ShutdownTime() {}

    /** @param sharedBuffers in the worst case all of them must be written */
    public static Duration of(ByteSize sharedBuffers) {
        return BASE.plusSeconds(sharedBuffers.bytes() / WRITTEN_PER_SECOND.bytes());
    }
}
