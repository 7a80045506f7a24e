package streamset.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Cluster;
import streamset.cluster.Command;

/**
 * Each alert fires for its fault, and none for what is planned: a real Prometheus reads the pods. {@code make e2e-alerts} starts it.
 * {@code ONLY=Slot} runs those faults alone in whose alerts or words that regular expression is found. {@code QUIET=60} lets what is planned
 * go on for so many minutes.
 */
@Tag("cluster")
class AlertsSuite {
    private static final String NAMESPACE = "streamset-alerts";
    private static final String[] SMALL = {
        "streamset:resources.cpu=100m",
        "streamset:backup.resources.cpu=50m",
        "streamset:metrics.enabled=true",
        "streamset:metrics.image=localhost/postgres-exporter:testbed"
    };

    private static final String PLANNED =
            "planned: rolling restarts, handovers, reloads, fewer pods and more, backups, verification,"
                    + " with the rules as they are";
    private static final Map<String, String> NOT_HERE =
            Map.of("StreamsetCertificateExpires", "the clock of the testbed is that of the machine");

    @Test
    void eachAlertFiresForItsFault() {
        Cluster.mustBeTheTestbed("run an S3 server, and reach into pods");
        try (var cluster = BackupCluster.deploy(NAMESPACE, SMALL);
                var prometheus = PodPrometheus.start(cluster.faults())) {
            prometheus.awaitSeries("pg_up == 1", cluster.faults().declared().replicas());
            var run = new AlertRun(prometheus, Command.PROJECT.resolve("target/alerts.txt"));
            var only = Pattern.compile(System.getenv().getOrDefault("ONLY", ""));
            all(cluster).stream()
                    .filter(fault -> only.matcher(fault.alerts() + fault.what()).find())
                    .forEach(run::run);
            if (only.matcher(PLANNED).find()) {
                var length = Duration.ofMinutes(Long.parseLong(System.getenv().getOrDefault("QUIET", "0")));
                run.quiet(PLANNED, length, new PlannedLife(cluster, length)::pass);
            }
            NOT_HERE.forEach(run::leftOut);
            run.finish();
        }
    }

    private static List<AlertFault> all(BackupCluster cluster) {
        return Stream.of(
                        ofTimes(new ArchiveAlertFaults(cluster)),
                        ofServers(new ServerAlertFaults(cluster.faults())),
                        ofRoles(new RoleAlertFaults(cluster.faults())),
                        ofArchive(new ArchiveAlertFaults(cluster)),
                        ofWal(new WalAlertFaults(cluster)),
                        List.of(new RoleAlertFaults(cluster.faults())
                                .updateHeldUp())) // last: faults above know the pods that it makes anew
                .flatMap(List::stream)
                .toList();
    }

    private static List<AlertFault> ofTimes(ArchiveAlertFaults faults) {
        return List.of(
                faults.late("StreamsetBaseBackupLate", "backup"),
                faults.late("StreamsetArchiveCheckLate", "verify"),
                faults.late("StreamsetRestoreTestLate", "restoretest"));
    }

    private static List<AlertFault> ofServers(ServerAlertFaults faults) {
        return List.of(
                faults.connectionsUsed(),
                faults.primaryUnreachable(),
                faults.standbyCutFromPeers(),
                faults.settingPending(),
                faults.confRefused(),
                faults.volumeFills());
    }

    private static List<AlertFault> ofRoles(RoleAlertFaults faults) {
        return List.of(faults.handoverInVain(), faults.standbyPromoted());
    }

    private static List<AlertFault> ofArchive(ArchiveAlertFaults faults) {
        return List.of(
                faults.backupFails(),
                faults.objectDamaged(),
                faults.restoreTestFails(),
                faults.queueHalf(),
                faults.queueFull(),
                faults.gap());
    }

    private static List<AlertFault> ofWal(WalAlertFaults faults) {
        return List.of(
                faults.replayPaused(), faults.walTooLarge(), faults.standbyAwayForHalf(), faults.standbyAwayForLong());
    }
}
