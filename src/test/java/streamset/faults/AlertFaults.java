package streamset.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import streamset.cluster.Deployment;
import streamset.features.Archive;

/** The faults of a cluster with an archive that its alerts are about. Pod 0 is the primary. */
record AlertFaults(BackupCluster cluster) {
    private static final int STANDBY = 2;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int ALMOST_ALL = 19; // of 20 connections
    private static final int MOST_SEGMENTS = 60;
    private static final String OLDEST_SEGMENT =
            "SELECT min(name) FROM pg_ls_archive_statusdir() AS mark, replace(mark.name, '.ready', '') AS name"
                    + " WHERE mark.name ~ '[.]ready$'";
    private static final String SUSPENDED = Archive.SPOOL_MOUNT + "/suspended";
    private static final String LONG_AGO = "now() - interval '100 days'";

    private FaultCluster faults() {
        return cluster.faults();
    }

    AlertFault primaryUnreachable() {
        var network = faults().network(0);
        return new AlertFault(
                List.of("StreamsetNoPrimary", "StreamsetServersMissing"),
                "network of the primary cut",
                network::cut,
                () -> healed(network));
    }

    private void healed(PodNetwork network) {
        network.heal();
        new Health(faults()).await();
    }

    AlertFault standbyCutFromPeers() {
        var firewall = PodFirewall.of(faults().processes(STANDBY));
        return new AlertFault(
                List.of("StreamsetStandbyNotStreaming"),
                "a standby cannot reach its peers, the exporter can be read",
                () -> firewall.cut(PodFirewall.Cut.PEERS),
                () -> {
                    firewall.heal();
                    new Health(faults()).await();
                });
    }

    AlertFault standbyAwayForHalf() {
        var network = faults().network(STANDBY);
        var slot = "slot_name = '" + Deployment.pod(STANDBY).replace('-', '_') + "'";
        return new AlertFault(
                List.of("StreamsetSlotHalfway"),
                "network of a standby cut, and WAL written until its slot holds back half of what it may",
                () -> {
                    network.cut();
                    writeUntil("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > " + cluster.halfOfASlot()
                            + " FROM pg_replication_slots WHERE " + slot);
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

    /** A segment at a time, each with a record in it. */
    private void writeUntil(String condition) throws SQLException {
        for (int segments = 0; segments < MOST_SEGMENTS; segments++) {
            if (faults().tryAsk(0, condition).equals("t")) {
                return;
            }
            faults().server(0).row("SELECT pg_logical_emit_message(false, 'alerts', 'one more segment')");
            faults().server(0).row("SELECT pg_switch_wal()");
        }
        throw new AssertionError("not after " + MOST_SEGMENTS + " segments: " + condition);
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

    AlertFault connectionsUsed() {
        var open = new ArrayList<Connection>();
        return new AlertFault(
                List.of("StreamsetConnectionsNearlyUsed"),
                "clients take all but one connection of a standby",
                () -> {
                    while (Integer.parseInt(faults().tryAsk(
                                            STANDBY,
                                            "SELECT count(*) FROM pg_stat_activity"
                                                    + " WHERE backend_type = 'client backend'"))
                            < ALMOST_ALL) { // it counts its own connection too
                        open.add(faults().server(STANDBY).connect(ANSWER));
                    }
                    open.add(faults().server(STANDBY).connect(ANSWER));
                },
                () -> close(open));
    }

    private static void close(List<Connection> open) throws SQLException {
        for (var connection : open) {
            connection.close();
        }
    }

    AlertFault confRefused() {
        return new AlertFault(
                List.of("StreamsetConfRefused"),
                "a line that does not parse, in the file that a standby reads",
                () -> editConf("$ a this line does not parse"),
                () -> editConf("$ d"));
    }

    private void editConf(String script) {
        onTheStandby("sed", "-i", script, "/etc/postgresql/postgresql.conf");
        faults().awaitAnswer(STANDBY, "SELECT pg_reload_conf()", "t");
    }

    private void onTheStandby(String... command) {
        var words = new ArrayList<>(List.of("exec", Deployment.pod(STANDBY), "-c", "postgresql", "--"));
        words.addAll(List.of(command));
        cluster.deployment().kubectl(words.toArray(String[]::new));
    }

    AlertFault settingPending() {
        return new AlertFault(
                List.of("StreamsetSettingsPending"),
                "ALTER SYSTEM SET max_connections on a standby",
                () -> alterSystem("SET max_connections = 22"),
                () -> alterSystem("RESET max_connections"));
    }

    private void alterSystem(String change) {
        onTheStandby("psql", "-U", "postgres", "-c", "ALTER SYSTEM " + change, "-c", "SELECT pg_reload_conf()");
    }

    AlertFault queueHalf() {
        return new AlertFault(
                List.of("StreamsetArchiveQueueHalfway"),
                "S3 server away until half of what may wait does",
                () -> {
                    cluster.store().leave();
                    writeUntil(waiting(cluster.queue() / 2));
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
        writeUntil("SELECT (pg_stat_file('" + SUSPENDED + "', true)).size IS NOT NULL");
    }

    /** It ends by itself with the base backup that the archiver makes then. */
    AlertFault gap() {
        return new AlertFault(
                List.of("StreamsetArchiveGap"),
                "S3 server away for longer than pg_wal keeps what waits, and back",
                () -> {
                    outlastTheQueue();
                    writeUntil("SELECT count(*) = 0 FROM pg_ls_waldir() WHERE name = '"
                            + faults().tryAsk(0, OLDEST_SEGMENT) + "'");
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
        faults().server(0)
                .row("UPDATE streamset.archive SET failed = NULL, fault = NULL, succeeded = " + succeeded + ", since = "
                        + since
                        + " WHERE task = '"
                        + task + "' RETURNING task");
    }
}
