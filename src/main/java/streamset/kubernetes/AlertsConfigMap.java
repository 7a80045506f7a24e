package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.features.Exporter;
import streamset.metrics.AlertRules;

/** The ConfigMap with the rules for alerts, for a Prometheus that mounts it or finds it by its labels. */
final class AlertsConfigMap {
    private AlertsConfigMap() {}

    static Declarable of(ClusterSpec spec, Exporter exporter) {
        var metadata = new Metadata(spec);
        return Declarable.of(
                "alerts",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(metadata.of(spec.names().alerts())
                                .labels(metadata.labelsBeside(exporter.labels()))
                                .build())
                        .data(Map.of(AlertRules.FILE, new AlertRules(spec).text()))
                        .build(),
                ConfigMap::new);
    }
}
