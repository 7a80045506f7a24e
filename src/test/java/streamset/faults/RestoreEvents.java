package streamset.faults;

import java.time.Instant;
import java.util.ArrayList;
import streamset.cluster.Deployment;

/** A new cluster begins with what the archive has, beside the one that goes on. */
record RestoreEvents(BackupCluster cluster) {
    private static final String ROWS = "SELECT run, id FROM fault_rows";
    private static final int SOME = 3; // segments
    private static final String EXPECTED = "exactly the rows until then";

    BackupFault pointInTime() {
        return BackupFault.of("new cluster at a point in time", EXPECTED, () -> {
            var point = WriterPoint.now(cluster.faults());
            cluster.awaitAllArchived();
            return restored(point);
        });
    }

    /** What only the lost one had finished is not in the archive when another one is promoted. */
    BackupFault acrossAFailover(int next) {
        var lost = new LostEvents(cluster.faults()).primaryLost(next);
        return BackupFault.of(
                        "primary lost with WAL that is not archived; new cluster at a point before",
                        EXPECTED + ", across the switch",
                        () -> {
                            WriterPoint point;
                            cluster.store().leave();
                            try {
                                cluster.finishSegments(SOME);
                                point = WriterPoint.now(cluster.faults());
                                cluster.finishSegments(1);
                                new Health(cluster.faults()).await(); // the standbys have it all
                                lost.action().happen();
                            } finally {
                                cluster.store().comeBack();
                            }
                            new Health(cluster.faults()).await();
                            cluster.awaitAllArchived();
                            return restored(point);
                        })
                .givingUpRows();
    }

    private String restored(WriterPoint point) {
        var namespace = cluster.deployment().namespace() + "-restored";
        var restored = new Deployment(
                "dev",
                namespace,
                "streamset:createNamespace=false", // it has the Secrets already
                "streamset:resources.cpu=200m",
                "streamset:replicas=1");
        cluster.store().prepare(restored, BackupCluster.PASSPHRASE);
        try {
            var settings = new ArrayList<>(cluster.store().backupSettings(BackupCluster.MAJOR));
            settings.addAll(cluster.store().settings("streamset:restore.from"));
            settings.add("streamset:restore.from.path=" + cluster.archive().path());
            settings.add("streamset:restore.time=" + point.time());
            var began = Instant.now();
            restored.apply(settings.toArray(String[]::new));
            var faults = point.faults(restored.sql(0, ROWS).lines().toList());
            if (!faults.isEmpty()) {
                throw new AssertionError(String.join("\n", faults));
            }
            return point.acknowledged() + " rows, none missing, none too many; deployed after "
                    + ArchiveEvents.since(began);
        } finally {
            restored.remove();
        }
    }
}
