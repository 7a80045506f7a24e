package streamset.faults;

import java.util.List;
import streamset.cluster.Deployment;

/** WAL that is kept, lost or not replayed. Pod 0 is the primary. */
record WalAlertFaults(BackupCluster cluster) {
    private static final int STANDBY = 2;

    private FaultCluster faults() {
        return cluster.faults();
    }

    /** Clients write all the time. */
    AlertFault replayPaused() {
        return new AlertFault(
                List.of("StreamsetStandbyBehind"),
                "replay paused on a standby",
                () -> faults().server(STANDBY).row("SELECT pg_wal_replay_pause()"),
                () -> faults().server(STANDBY).row("SELECT pg_wal_replay_resume()"));
    }

    AlertFault standbyAwayForHalf() {
        var network = faults().network(STANDBY);
        var slot = "slot_name = '" + Deployment.pod(STANDBY).replace('-', '_') + "'";
        return new AlertFault(
                List.of("StreamsetSlotHalfway"),
                "network of a standby cut, and WAL written until its slot holds back half of what it may",
                () -> {
                    network.cut();
                    cluster.writeUntil("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > "
                            + cluster.halfOfASlot() + " FROM pg_replication_slots WHERE " + slot);
                },
                () -> healed(network));
    }

    AlertFault standbyAwayForLong() {
        var network = faults().network(STANDBY);
        return new AlertFault(
                List.of("StreamsetSlotLost"),
                "the same, until its slot is lost",
                () -> new StorageEvents(faults()).writeUntilLost(STANDBY, network),
                () -> healed(network));
    }

    private void healed(PodNetwork network) {
        network.heal();
        new Health(faults()).await();
    }

    AlertFault walTooLarge() {
        var file = faults().volume(0).folder().resolve("pgdata/pg_wal/filler");
        return new AlertFault(
                List.of("StreamsetWalOverBound"),
                "a file as large as the bound laid into pg_wal",
                () -> Program.run(
                        "fallocate", "-l", Long.toString(cluster.bound().bytes()), file.toString()),
                () -> Program.run("rm", "-f", file.toString()));
    }
}
