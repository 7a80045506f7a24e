package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/** The ConfigMap with the node scripts and the topology they act on. */
final class ScriptsConfigMap {
    private ScriptsConfigMap() {}

    static ConfigMap of(ClusterSpec spec, CustomResourceOptions options) {
        var name = spec.names().scripts();
        return new ConfigMap(
                name,
                ConfigMapArgs.builder()
                        .metadata(new Metadata(spec.names()).of(name).build())
                        .data(data(spec))
                        .build(),
                options);
    }

    private static Map<String, String> data(ClusterSpec spec) {
        var data = NodeScripts.texts();
        data.put(NodeScripts.TOPOLOGY, NodeScripts.topology(spec));
        return data;
    }
}
