package streamset.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import streamset.cluster.Deployment;
import streamset.units.ByteSize;

/** What one server or its pod can have, and alerts are about. Pod 0 is the primary. */
record ServerAlertFaults(FaultCluster cluster) {
    private static final int STANDBY = 2;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ByteSize LEFT = ByteSize.ofMegabytes(50); // the standby needs some
    private static final int ALMOST_ALL = 19; // of 20 connections

    AlertFault primaryUnreachable() {
        var network = cluster.network(0);
        return new AlertFault(
                List.of("StreamsetNoPrimary", "StreamsetServersMissing"),
                "network of the primary cut",
                network::cut,
                () -> {
                    network.heal();
                    new Health(cluster).await();
                });
    }

    AlertFault standbyCutFromPeers() {
        var firewall = PodFirewall.of(cluster.processes(STANDBY));
        return new AlertFault(
                List.of("StreamsetStandbyNotStreaming"),
                "a standby cannot reach its peers, the exporter can be read",
                () -> firewall.cut(PodFirewall.Cut.PEERS),
                () -> {
                    firewall.heal();
                    new Health(cluster).await();
                });
    }

    AlertFault connectionsUsed() {
        var open = new ArrayList<Connection>();
        return new AlertFault(
                List.of("StreamsetConnectionsNearlyUsed"),
                "clients take all but one connection of a standby",
                () -> {
                    while (Integer.parseInt(cluster.tryAsk(
                                    STANDBY,
                                    "SELECT count(*) FROM pg_stat_activity" + " WHERE backend_type = 'client backend'"))
                            < ALMOST_ALL) { // it counts its own connection too
                        open.add(cluster.server(STANDBY).connect(ANSWER));
                    }
                    open.add(cluster.server(STANDBY).connect(ANSWER));
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
        cluster.awaitAnswer(STANDBY, "SELECT pg_reload_conf()", "t");
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

    private void onTheStandby(String... command) {
        var words = new ArrayList<>(List.of("exec", Deployment.pod(STANDBY), "-c", "postgresql", "--"));
        words.addAll(List.of(command));
        cluster.deployment().kubectl(words.toArray(String[]::new));
    }

    AlertFault volumeFills() {
        var volume = cluster.volume(STANDBY);
        return new AlertFault(
                List.of("StreamsetVolumeFills"),
                "the volume of a standby filled up to 50 MB",
                () -> volume.fillUpTo(LEFT),
                volume::free);
    }
}
