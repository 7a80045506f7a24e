package streamset.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import streamset.cluster.Deployment;

/** Standbys that are away for more WAL than is kept, and volumes that run full. */
record StorageEvents(FaultCluster cluster) {
    private static final int MEGABYTES = 16; // of WAL at a time
    private static final String WRITE_WAL = "SELECT count(pg_logical_emit_message(true, 'fault', repeat('x', 1048576)))"
            + " FROM generate_series(1, " + MEGABYTES + ")";
    private static final Duration ANSWER = Duration.ofSeconds(60); // a small server writes that slowly
    private static final int MOST_TIMES = 100; // 1.6 GB: more than any limit here
    private static final Duration FULL_FOR = Duration.ofSeconds(15); // long enough to fail again and again
    private static final String FULL = "No space left on device";
    private static final String STARTED = "SELECT pg_postmaster_start_time()";

    /** It comes back by itself, cloned again, and the others are not affected. */
    Event walGone(int rank) {
        var struck = new ArrayList<Integer>();
        var since = new ArrayList<Instant>();
        var before = new ArrayList<String>();
        return Event.of(pod(rank) + " away for more WAL than is kept", () -> {
                    int standby = ordinal(rank);
                    struck.add(standby);
                    before.addAll(others(standby));
                    missWal(standby);
                    since.add(Instant.now());
                    cluster.engine().helpAfterMissedWal(cluster, standby);
                    return since.get(0);
                })
                .then(outcome -> {
                    int standby = struck.get(0);
                    cluster.engine().mustBeClonedAgain(cluster, standby, since.get(0));
                    if (!before.equals(others(standby))) {
                        throw new AssertionError("others were restarted: " + before + ", " + others(standby));
                    }
                });
    }

    Event walGoneAndCloneKilled(int rank) {
        return Event.of("the same, node scripts of " + pod(rank) + " killed as it clones", () -> {
            int standby = ordinal(rank);
            missWal(standby);
            cluster.engine().helpAfterMissedWal(cluster, standby);
            ScaleEvents.awaitClone(cluster, standby);
            PodProcesses.kill(cluster.processes(standby).firstOfContainer().orElseThrow());
            return Instant.now();
        });
    }

    private void missWal(int standby) throws SQLException {
        var network = cluster.network(standby);
        try {
            writeUntilLost(standby, network);
        } finally {
            network.heal();
        }
    }

    /** Cuts the network of a standby and leaves it so. */
    void writeUntilLost(int standby, PodNetwork network) throws SQLException {
        var slot = Deployment.pod(standby).replace('-', '_');
        network.cut();
        writeWalUntil("the slot has lost WAL", () -> {
            cluster.primaryServer().row("CHECKPOINT", ANSWER); // which is what lets go of it
            return cluster.tryAsk(
                            cluster.primary(),
                            "SELECT wal_status FROM pg_replication_slots WHERE slot_name = '" + slot + "'")
                    .equals("lost");
        });
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private void writeWalUntil(String what, Condition condition) throws SQLException {
        for (int times = 0; times < MOST_TIMES; times++) {
            cluster.primaryServer().row(WRITE_WAL, ANSWER);
            if (condition.holds()) {
                return;
            }
        }
        throw new AssertionError("not after " + MOST_TIMES * MEGABYTES + " MB of WAL: " + what);
    }

    private List<String> others(int standby) {
        return IntStream.range(0, cluster.declared().replicas())
                .filter(ordinal -> ordinal != standby)
                .mapToObj(ordinal -> cluster.tryAsk(ordinal, STARTED))
                .toList();
    }

    private String pod(int rank) {
        return cluster.engine().pod(rank);
    }

    private int ordinal(int rank) {
        return cluster.engine().ordinal(cluster, rank);
    }

    Event standbyFull(int rank) {
        return Event.of("volume of " + pod(rank) + ", a standby, full, then freed", () -> {
            int standby = ordinal(rank);
            var volume = cluster.volume(standby);
            volume.fill();
            try {
                writeWalUntil(
                        "its log says: " + FULL, () -> cluster.log(standby).contains(FULL));
                Waiting.pause(FULL_FOR);
            } finally {
                volume.free();
            }
            return Instant.now();
        });
    }

    Event primaryFull() {
        Event.Action full = () -> {
            int primary = cluster.primary();
            var volume = cluster.volume(primary);
            volume.fill();
            try {
                Waiting.until("its log says: " + FULL, Limits.HEALTHY, () -> {
                    cluster.tryAsk(primary, WRITE_WAL); // until it cannot
                    return cluster.log(primary).contains(FULL);
                });
                Waiting.pause(FULL_FOR);
            } finally {
                volume.free();
            }
            return Instant.now();
        };
        return Event.of("volume of the primary full, then freed", full)
                .missingAtMost(cluster.engine().rowsInFlight());
    }
}
