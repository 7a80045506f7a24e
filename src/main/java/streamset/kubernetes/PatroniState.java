package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.patroni.DynamicConfiguration;

/**
 * The ConfigMaps in whose annotations Patroni keeps its state. They are declared, so that the Role can name them, and outlive
 * the stack with the volumes: who led last, and how far that one was, protects the next start.
 */
final class PatroniState {
    private PatroniState() {}

    static List<Declarable> all(ClusterSpec spec) {
        var dynamic = Map.of(DynamicConfiguration.ANNOTATION, new DynamicConfiguration(spec).json());
        return DynamicConfiguration.OBJECTS.stream()
                .map(object -> of(spec, object, object.equals(DynamicConfiguration.ANNOTATION) ? dynamic : Map.of()))
                .toList();
    }

    /** The names of all of them. */
    static List<String> names(ClusterSpec spec) {
        return DynamicConfiguration.OBJECTS.stream()
                .map(object -> name(spec, object))
                .toList();
    }

    private static String name(ClusterSpec spec, String object) {
        return spec.names().patroniState(object);
    }

    private static Declarable of(ClusterSpec spec, String object, Map<String, String> declared) {
        var annotations = new TreeMap<>(declared);
        annotations.putAll(new Metadata(spec).failover());
        annotations.put(Metadata.TAKE_OVER, "true"); // Patroni writes to the same object, and an earlier stack may have
        return Declarable.of(
                        "patroni" + object,
                        ConfigMapArgs.builder()
                                .apiVersion("v1")
                                .kind("ConfigMap")
                                .metadata(metadata(spec, name(spec, object), annotations))
                                .build(),
                        ConfigMap::new)
                .with(options -> options.retainOnDelete(true));
    }

    /** Patroni finds its objects by the labels of the server pods. */
    private static ObjectMetaArgs metadata(ClusterSpec spec, String name, Map<String, String> annotations) {
        var metadata = new Metadata(spec);
        return metadata.of(name, annotations).labels(metadata.serverLabels()).build();
    }
}
