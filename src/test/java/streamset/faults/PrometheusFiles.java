package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.Deployment;
import tools.jackson.databind.json.JsonMapper;

/** What a Prometheus reads that watches a cluster from this machine: each file is whole at any moment. */
final class PrometheusFiles {
    /** Ends the names of alerts that wait five seconds in place of each {@code for}. */
    static final String SOON = "Soon";

    static final String CONFIG = "prometheus.yml";
    private static final String READS = """
            global: {scrape_interval: 2s, evaluation_interval: 1s}
            rule_files: [alerts.yaml, soon.yaml]
            scrape_configs:
              - job_name: streamset
                file_sd_configs: [{files: [targets.json]}]
              - job_name: kubelet
                metrics_path: %s
                static_configs: [{targets: ["127.0.0.1:%d"]}]
                metric_relabel_configs: [{source_labels: [__name__], regex: kubelet_volume_stats_.*, action: keep}]
            """; // Debian's Prometheus cannot ask Kubernetes
    private static final int METRICS = 9187;

    private final FaultCluster cluster;
    private final Path folder;
    private final Map<String, String> written = new HashMap<>();

    /** Removes what another one has left in that folder. */
    PrometheusFiles(FaultCluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        Program.run("rm", "-rf", folder.toString());
        Program.run("mkdir", "-p", folder.toString());
    }

    /** @param kubelet where its metrics can be read */
    void writeConfig(KubeletProxy kubelet) {
        write(CONFIG, READS.formatted(kubelet.path(), kubelet.port()));
    }

    /** The rules that the cluster has now; whether they are others than before. */
    boolean writeRules() {
        var rules = cluster.deployment()
                .kubectl("get", "configmap", "postgresql-alerts", "-o", "jsonpath={.data.alerts\\.yaml}");
        var soon = rules.replaceAll("for: \\S+", "for: 5s").replaceAll("(alert: \\S+)", "$1" + SOON);
        return write("alerts.yaml", rules) | write("soon.yaml", soon);
    }

    /** Pods get other addresses when they are made again; what is cut off keeps its own. Prometheus looks by itself. */
    void writeTargets() {
        var targets = new ArrayList<Map<String, Object>>();
        for (int ordinal = 0; ordinal < cluster.declared().replicas(); ordinal++) {
            if (cluster.hasPod(ordinal) && !cluster.pod(ordinal).address().isEmpty()) {
                targets.add(Map.of(
                        "targets",
                        List.of(cluster.pod(ordinal).address() + ":" + METRICS),
                        "labels",
                        new TreeMap<>(Map.of("namespace", cluster.namespace(), "pod", Deployment.pod(ordinal)))));
            }
        }
        write("targets.json", JsonMapper.shared().writeValueAsString(targets));
    }

    private boolean write(String name, String text) {
        if (text.equals(written.put(name, text))) {
            return false;
        }
        try {
            var news = Files.writeString(folder.resolve(name + ".new"), text);
            Files.move(news, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
