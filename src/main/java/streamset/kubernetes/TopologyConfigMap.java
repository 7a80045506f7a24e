package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.node.DeclaredRoles;
import streamset.node.Topology;

/** The ConfigMap with the topology, and with the roles of declared databases. It changes in place, and running pods read the change. */
final class TopologyConfigMap {
    private TopologyConfigMap() {}

    static Declarable of(ClusterSpec spec, Topology topology) {
        var name = spec.names().topology();
        var data = new TreeMap<String, String>();
        data.put(Topology.FILE, topology.text());
        DeclaredRoles.text(spec).ifPresent(roles -> data.put(DeclaredRoles.FILE, roles));
        return Declarable.of(
                "topology",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(new Metadata(spec).of(name).build())
                        .data(data)
                        .build(),
                ConfigMap::new);
    }
}
