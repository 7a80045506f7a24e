package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.features.Exporter;
import streamset.metrics.AlertRules;

/** The ConfigMap with the rules for alerts, for a Prometheus that mounts it or finds it by its labels. */
final class AlertsConfigMap {
    private AlertsConfigMap() {}

    static Declarable of(ClusterSpec spec, Exporter exporter) {
        var metadata = new Metadata(spec);
        var labels = new TreeMap<>(exporter.labels());
        labels.putAll(metadata.labels()); // by which the program finds its own
        return Declarable.of(
                "alerts",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(metadata.of(spec.names().alerts())
                                .labels(labels)
                                .build())
                        .data(Map.of(AlertRules.FILE, new AlertRules(spec).text()))
                        .build(),
                ConfigMap::new);
    }
}
