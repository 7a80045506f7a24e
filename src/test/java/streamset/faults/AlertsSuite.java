package streamset.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Cluster;
import streamset.cluster.Command;

/**
 * Each alert fires for its fault, and none for what is planned: a real Prometheus reads the pods. {@code make e2e-alerts} starts it.
 * {@code ONLY=Slot} runs those faults alone in whose alerts or words that regular expression is found.
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

    private static final String PLANNED = "a rolling restart, a handover and back, with the rules as they are";
    private static final String NO_FAULT = "no fault of it is made here";
    private static final Map<String, String> NOT_HERE = new TreeMap<>(Map.of(
            "StreamsetCertificateExpires", "the clock of the testbed is that of the machine",
            "StreamsetOtherPrimary", NO_FAULT,
            "StreamsetOtherRevision", NO_FAULT,
            "StreamsetStandbyBehind", NO_FAULT,
            "StreamsetTwoPrimaries", NO_FAULT,
            "StreamsetVolumeFills", "this Prometheus does not read the kubelet"));

    @Test
    void eachAlertFiresForItsFault() {
        Cluster.mustBeTheTestbed("run an S3 server, and reach into pods");
        try (var cluster = BackupCluster.deploy(NAMESPACE, SMALL);
                var prometheus = PodPrometheus.start(cluster.faults())) {
            prometheus.awaitSeries("pg_up == 1", cluster.faults().declared().replicas());
            var run = new AlertRun(prometheus, Command.PROJECT.resolve("target/alerts.txt"));
            var only = Pattern.compile(System.getenv().getOrDefault("ONLY", ""));
            all(new AlertFaults(cluster)).stream()
                    .filter(fault -> only.matcher(fault.alerts() + fault.what()).find())
                    .forEach(run::run);
            if (only.matcher(PLANNED).find()) {
                run.quiet(PLANNED, () -> planned(cluster.faults()));
            }
            NOT_HERE.forEach(run::leftOut);
            run.finish();
        }
    }

    private static void planned(FaultCluster cluster) throws Exception {
        new ConfigEvents(cluster).restart("max_connections", "21").action().happen();
        new HandOverEvents(cluster).to(1).action().happen();
        new HandOverEvents(cluster).back().action().happen();
        new Health(cluster).await();
    }

    private static List<AlertFault> all(AlertFaults faults) {
        return List.of(
                faults.late("StreamsetBaseBackupLate", "backup"),
                faults.late("StreamsetArchiveCheckLate", "verify"),
                faults.late("StreamsetRestoreTestLate", "restoretest"),
                faults.connectionsUsed(),
                faults.walTooLarge(),
                faults.primaryUnreachable(),
                faults.standbyCutFromPeers(),
                faults.settingPending(),
                faults.confRefused(),
                faults.backupFails(),
                faults.objectDamaged(),
                faults.restoreTestFails(),
                faults.queueHalf(),
                faults.queueFull(),
                faults.gap(),
                faults.standbyAwayForHalf(),
                faults.standbyAwayForLong());
    }
}
