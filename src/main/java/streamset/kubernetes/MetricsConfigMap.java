package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import streamset.cluster.ClusterSpec;
import streamset.metrics.MetricsFiles;

/** The ConfigMap with what exporters run and read. It changes in place: no pod restarts for other queries. */
final class MetricsConfigMap {
    private MetricsConfigMap() {}

    static Declarable of(ClusterSpec spec) {
        return Declarable.of(
                "metrics",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(new Metadata(spec).of(spec.names().metrics()).build())
                        .data(MetricsFiles.all(spec.archive().isPresent()))
                        .build(),
                ConfigMap::new);
    }
}
