package streamset.node;

import java.time.Duration;

/** Two pods whose WAL is archived, and which can lose all that they have. */
record ArchivedPair(Pods pods, Archiving archive, Pod first, Pod second) implements AutoCloseable {
    /** For base backups and restores, on a busy machine. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int QUEUE = 10; // segments

    static ArchivedPair of(Programs programs) {
        var pods = Pods.of(2, programs);
        var archive = Archiving.of(pods);
        return new ArchivedPair(
                pods, archive, pods.get(0).archived(QUEUE), pods.get(1).archived(QUEUE));
    }

    /** All volumes are gone. */
    void loseEverything() {
        Machine.run("rm", "-rf", first.data.toString(), second.data.toString());
    }

    /** The same, and then a pod restores, which must be declared primary. How long it takes. */
    Duration restore(Pod pod, String type, String target) {
        loseEverything();
        long start = System.nanoTime();
        archive.restore(pod, type, target).mustSucceed(LIMIT);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        archive.close();
        pods.close();
    }
}
