package streamset.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import streamset.units.ByteSize;

/** Looks all the time how large pg_wal is in all pods, and how much waits for the archive. */
final class PgWalWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200); // at 80 MB/s one segment

    private final List<PgWal> all;
    private final Thread thread = new Thread(this::watch, "pg_wal");
    private long largest;
    private int mostWaiting;
    private volatile boolean closed;

    private PgWalWatch(List<PgWal> all) {
        this.all = all;
        thread.setDaemon(true);
        thread.start();
    }

    static PgWalWatch of(FaultCluster cluster) {
        return new PgWalWatch(IntStream.range(0, cluster.declared().replicas())
                .mapToObj(ordinal -> PgWal.of(cluster, ordinal))
                .toList());
    }

    private void watch() {
        while (!closed) {
            for (var wal : all) {
                seen(wal.size().bytes(), wal.waiting());
            }
            Waiting.pause(INTERVAL);
        }
    }

    private synchronized void seen(long bytes, int waiting) {
        largest = Math.max(largest, bytes);
        mostWaiting = Math.max(mostWaiting, waiting);
    }

    /** Of any pod. */
    synchronized ByteSize largest() {
        return new ByteSize(largest);
    }

    /** Of any pod, in files. */
    synchronized int mostWaiting() {
        return mostWaiting;
    }

    @Override
    public void close() {
        closed = true;
    }
}
