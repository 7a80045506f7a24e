package streamset.kubernetes;

import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.features.Exporter;
import streamset.metrics.AlertRules;

/** The PrometheusRule with the rules for alerts, for a Prometheus that the Prometheus operator runs, and that finds it by its labels. */
final class AlertsPrometheusRule {
    static final String KIND = "PrometheusRule";

    private AlertsPrometheusRule() {}

    static Declarable of(ClusterSpec spec, Exporter exporter) {
        var metadata = new Metadata(spec);
        var labels = new TreeMap<>(exporter.labels());
        labels.putAll(metadata.labels()); // by which the program finds its own
        return OperatorObject.of(
                "rules", KIND, metadata.of(spec.names().alerts()).labels(labels).build(), new AlertRules(spec).data());
    }
}
