package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.node.Topology;

/** The ConfigMap with the topology. It changes in place, and running pods read the change. */
final class TopologyConfigMap {
    private TopologyConfigMap() {}

    static Declarable of(ClusterSpec spec, Topology topology) {
        var name = spec.names().topology();
        return Declarable.of(
                "topology",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(new Metadata(spec).of(name).build())
                        .data(Map.of(Topology.FILE, topology.text()))
                        .build(),
                ConfigMap::new);
    }
}
