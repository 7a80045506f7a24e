package streamset.kubernetes;

import java.util.List;
import java.util.Map;
import streamset.catalog.ParameterName;
import streamset.cluster.ClusterSpec;
import streamset.features.Exporter;

/** The PodMonitor by which a Prometheus that the Prometheus operator runs finds the exporters. It gives the series the labels namespace and pod. */
final class MetricsPodMonitor {
    private static final String KIND = "PodMonitor";
    private static final String PORT = ParameterName.PORT.toString(); // the word is one of PostgreSQL's too

    private MetricsPodMonitor() {}

    static Declarable of(ClusterSpec spec, Exporter exporter) {
        var metadata = new Metadata(spec);
        return OperatorObject.of(
                "monitor",
                KIND,
                metadata.of(spec.names().metrics())
                        .labels(metadata.labelsBeside(exporter.labels()))
                        .build(),
                Map.of(
                        "selector",
                        Map.of("matchLabels", metadata.selector()),
                        "podMetricsEndpoints",
                        List.of(Map.of(PORT, Exporter.CONTAINER))));
    }
}
