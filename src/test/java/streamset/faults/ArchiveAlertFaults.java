package streamset.faults;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import streamset.features.Archive;

/** What can become of an archive, and its alerts are about. Pod 0 is the primary. */
record ArchiveAlertFaults(BackupCluster cluster) {
    private static final String OLDEST_SEGMENT =
            "SELECT min(name) FROM pg_ls_archive_statusdir() AS mark, replace(mark.name, '.ready', '') AS name"
                    + " WHERE mark.name ~ '[.]ready$'";
    private static final String SUSPENDED = Archive.SPOOL_MOUNT + "/suspended";
    private static final String LONG_AGO = "now() - interval '100 days'";

    AlertFault queueHalf() {
        return new AlertFault(
                List.of("StreamsetArchiveQueueHalfway"),
                "S3 server away until half of what may wait does",
                () -> {
                    cluster.store().leave();
                    cluster.writeUntil(waiting(cluster.queue() / 2));
                },
                this::storeBack);
    }

    private static String waiting(int files) {
        return "SELECT count(*) > " + files + " FROM pg_ls_archive_statusdir() WHERE name ~ '[.]ready$'";
    }

    AlertFault queueFull() {
        return new AlertFault(
                List.of("StreamsetArchiveGivenUp"),
                "S3 server away until the server does not wait any more",
                this::outlastTheQueue,
                this::storeBack);
    }

    private void outlastTheQueue() throws SQLException {
        cluster.store().leave();
        cluster.writeUntil("SELECT (pg_stat_file('" + SUSPENDED + "', true)).size IS NOT NULL");
    }

    /** It ends by itself with the base backup that the archiver makes then. */
    AlertFault gap() {
        return new AlertFault(
                List.of("StreamsetArchiveGap"),
                "S3 server away for longer than pg_wal keeps what waits, and back",
                () -> {
                    outlastTheQueue();
                    cluster.writeUntil("SELECT count(*) = 0 FROM pg_ls_waldir() WHERE name = '"
                            + cluster.faults().tryAsk(0, OLDEST_SEGMENT) + "'");
                    cluster.store().comeBack();
                },
                cluster::awaitAllArchived);
    }

    AlertFault restoreTestFails() {
        return new AlertFault(
                List.of("StreamsetRestoreTestFailed"),
                "a restore test with an image that lacks pg_amcheck; mended by its row in streamset.archive",
                () -> cluster.archive().begin("restoretest"),
                () -> setTimes("restoretest", "now()", "now()"));
    }

    private void storeBack() {
        cluster.store().comeBack();
        cluster.awaitAllArchived();
    }

    AlertFault backupFails() {
        return new AlertFault(
                List.of("StreamsetBaseBackupFailed"),
                "a full backup while the S3 server is away",
                () -> {
                    cluster.store().leave();
                    cluster.archive().begin("full");
                },
                () -> {
                    storeBack();
                    cluster.archive().run("full");
                });
    }

    AlertFault objectDamaged() {
        var archive = new ArchiveEvents(cluster);
        var damaged = new ArrayList<ArchiveEvents.Damaged>();
        return new AlertFault(
                List.of("StreamsetArchiveCheckFailed"),
                "an object of the archive damaged, then verify",
                () -> {
                    damaged.add(archive.damage());
                    cluster.archive().begin("verify");
                },
                () -> {
                    damaged.forEach(ArchiveEvents.Damaged::repair);
                    cluster.archive().run("verify");
                });
    }

    AlertFault late(String alert, String task) {
        return new AlertFault(
                List.of(alert),
                "the times of " + task + " in streamset.archive set back by 100 days",
                () -> setTimes(task, LONG_AGO, LONG_AGO),
                () -> setTimes(task, "now()", "now()"));
    }

    private void setTimes(String task, String succeeded, String since) throws SQLException {
        cluster.faults()
                .server(0)
                .row("UPDATE streamset.archive SET failed = NULL, fault = NULL, succeeded = " + succeeded + ", since = "
                        + since
                        + " WHERE task = '"
                        + task + "' RETURNING task");
    }
}
