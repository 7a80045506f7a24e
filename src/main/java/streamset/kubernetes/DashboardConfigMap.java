package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.metrics.Dashboard;

/** The ConfigMap with the dashboard, for the sidecar of Grafana that finds dashboards by this label. */
final class DashboardConfigMap {
    private static final String LABEL = "grafana_dashboard";

    private DashboardConfigMap() {}

    static Declarable of(ClusterSpec spec) {
        var metadata = new Metadata(spec);
        var labels = metadata.labels();
        labels.put(LABEL, "1");
        var dashboard = new Dashboard(spec);
        return Declarable.of(
                "dashboard",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(metadata.of(spec.names().dashboard())
                                .labels(labels)
                                .build())
                        .data(Map.of(dashboard.file(), dashboard.text()))
                        .build(),
                ConfigMap::new);
    }
}
