package streamset.faults;

import java.time.Duration;
import java.time.Instant;

/** Pods that nobody reaches for a while, and that reach nobody. */
record NetworkEvents(FaultCluster cluster) {
    static final Duration SHORT = Duration.ofSeconds(10); // connections outlive it
    static final Duration LONG = Duration.ofSeconds(75); // longer than wal_sender_timeout and wal_receiver_timeout

    Event cut(int ordinal, Duration duration) {
        return Event.of("network of pod " + ordinal + " cut for " + duration.toSeconds() + " s", () -> {
            var network = cluster.network(ordinal);
            network.cut();
            try {
                Waiting.pause(duration);
            } finally {
                network.heal();
            }
            return Instant.now();
        });
    }
}
