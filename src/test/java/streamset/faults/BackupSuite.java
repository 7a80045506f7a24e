package streamset.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Cluster;
import streamset.cluster.Command;

/**
 * What can happen to a cluster with an archive, under load: no acknowledged row is missing, pg_wal keeps its bound, and what
 * the archive has can be restored. Takes most of an hour; {@code make e2e-backup} starts it. {@code ONLY='S3 server'} runs
 * those alone in whose names that regular expression is found.
 */
@Tag("cluster")
class BackupSuite {
    private static final String NAMESPACE = "streamset-backup-faults";

    @Test
    void whatIsArchivedCanBeRestoredWhateverHappens() {
        Cluster.mustBeTheTestbed("run an S3 server, and reach into pods");
        try (var cluster = BackupCluster.deploy(NAMESPACE)) {
            var run = new BackupRun(cluster, Command.PROJECT.resolve("target/backup-faults.txt"));
            run.all(wanted(all(cluster)));
            run.finish();
        }
    }

    private static List<BackupFault> wanted(List<BackupFault> faults) {
        var only = Pattern.compile(System.getenv().getOrDefault("ONLY", ""));
        return faults.stream()
                .filter(fault -> only.matcher(fault.what()).find())
                .toList();
    }

    private static List<BackupFault> all(BackupCluster cluster) {
        var archive = new ArchiveEvents(cluster);
        var restore = new RestoreEvents(cluster);
        var all = new ArrayList<>(List.of(
                archive.scheduledBackup(),
                archive.archiverKilled(),
                archive.away(Duration.ofSeconds(60)),
                archive.slow(),
                archive.wrongKey(),
                archive.damagedObject(),
                restore.pointInTime(),
                archive.handOver(1),
                archive.handOver(0),
                archive.standbyAway(2),
                restore.acrossAFailover(1),
                archive.handOver(0),
                archive.awayForMoreThanTheQueue(),
                archive.away(Duration.ofMinutes(10))));
        if (cluster.deployment().byPulumi()) {
            all.add(new AllVolumesEvent(cluster).lost()); // at the end, see there
        } else {
            System.out.println("left out: all volumes deleted: its commands need the kubernetes plugin");
        }
        return all;
    }
}
