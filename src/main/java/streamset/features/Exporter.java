package streamset.features;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.units.ByteSize;
import streamset.units.Cpu;

/**
 * A container beside each server that offers metrics of it.
 *
 * @param image of postgres_exporter
 * @param port on which the metrics are read
 * @param rules how Prometheus gets the rules for alerts
 * @param labels of the objects with the rules, by which somebody finds them
 * @param dashboard whether there is a ConfigMap with a dashboard for Grafana
 * @param clients the only ones who reach that port, where the stack says who reaches the servers; empty for the same
 */
public record Exporter(
        String image, int port, Rules rules, Map<String, String> labels, boolean dashboard, List<Peer> clients)
        implements Part {
    /** How Prometheus gets the rules for alerts. */
    public enum Rules {
        /** A ConfigMap that it mounts. */
        CONFIG_MAP("configMap"),
        /** A PrometheusRule of the Prometheus operator, and a PodMonitor, by which it finds the pods. */
        PROMETHEUS_RULE("prometheusRule"),
        NONE("none");

        private final String word;

        Rules(String word) {
            this.word = word;
        }

        /** As the stack file has it. */
        public String word() {
            return word;
        }
    }

    /** The name of the container, and of its port. */
    public static final String CONTAINER = "metrics";

    /** What each container gets of processor time: measured, a reading takes 11 ms of it (docs/metrics.md). */
    public static final Cpu CPU = new Cpu(100);

    /** And of memory: measured, 22 MB at most, also with four that read at once. */
    public static final ByteSize MEMORY = ByteSize.ofMegabytes(64);

    /** The volume of the pods by which the node gives the exporter its password. */
    public static final String PASSWORD_VOLUME = "metrics-password";

    /** Where both mount it. */
    public static final String PASSWORD_MOUNT = "/etc/streamset/metrics";

    /** The variable with the path of the file. */
    public static final String PASSWORD_VARIABLE = "METRICS_PASSWORD";

    /** The file. */
    public static final String PASSWORD = PASSWORD_MOUNT + "/password";

    /** The volume with the script and the queries. */
    public static final String FILES_VOLUME = "metrics-files";

    /** Where the exporter mounts it. */
    public static final String FILES_MOUNT = "/etc/streamset/exporter";

    public Exporter {
        labels = new TreeMap<>(labels);
        clients = List.copyOf(clients);
    }
}
