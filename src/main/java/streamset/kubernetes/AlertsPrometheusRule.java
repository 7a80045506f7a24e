package streamset.kubernetes;

import streamset.cluster.ClusterSpec;
import streamset.features.Exporter;
import streamset.metrics.AlertRules;

/** The PrometheusRule with the rules for alerts, for a Prometheus that the Prometheus operator runs, and that finds it by its labels. */
final class AlertsPrometheusRule {
    private static final String KIND = "PrometheusRule";

    private AlertsPrometheusRule() {}

    static Declarable of(ClusterSpec spec, Exporter exporter) {
        var metadata = new Metadata(spec);
        return OperatorObject.of(
                "rules",
                KIND,
                metadata.of(spec.names().alerts())
                        .labels(metadata.labelsBeside(exporter.labels()))
                        .build(),
                new AlertRules(spec).data());
    }
}
