package streamset.node;

import java.time.Duration;

/** Looks all the time how many files of WAL wait for the archive. */
final class WaitingWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Pod pod;
    private final Thread thread = new Thread(this::watch, "waiting");
    private volatile long most;
    private volatile boolean closed;

    WaitingWatch(Pod pod) {
        this.pod = pod;
        thread.start();
    }

    private void watch() {
        while (!closed) {
            most = Math.max(most, Archiving.waiting(pod));
            Await.pause(INTERVAL);
        }
    }

    long most() {
        return most;
    }

    @Override
    public void close() {
        closed = true;
    }
}
