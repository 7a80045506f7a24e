package streamset.faults;

import java.time.Duration;
import java.time.Instant;

/** Pods that nobody reaches for a while, and that reach nobody. */
record NetworkEvents(FaultCluster cluster) {
    static final Duration SHORT = Duration.ofSeconds(10); // connections outlive it
    static final Duration LONG = Duration.ofSeconds(75); // longer than wal_sender_timeout and wal_receiver_timeout

    Event cut(int rank, Duration duration) {
        var pod = cluster.engine().pod(rank);
        return Event.of("network of " + pod + " cut for " + duration.toSeconds() + " s", () -> {
                    var network = cluster.network(cluster.engine().ordinal(cluster, rank));
                    network.cut();
                    try {
                        Waiting.pause(duration);
                    } finally {
                        network.heal();
                    }
                    return Instant.now();
                })
                .missingAtMost(rank == 0 ? cluster.engine().rowsInFlight() : 0);
    }
}
