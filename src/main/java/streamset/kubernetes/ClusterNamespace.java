package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/** The namespace. */
final class ClusterNamespace {
    private ClusterNamespace() {}

    /** While volumes are kept, so is the namespace: deleting it deletes every claim in it. */
    static Namespace of(ClusterSpec spec, CustomResourceOptions.Builder options) {
        var name = spec.names().namespace();
        return new Namespace(
                name,
                NamespaceArgs.builder()
                        .metadata(new Metadata(spec.names())
                                .clusterWide(name)
                                .annotations(Map.of(Metadata.TAKE_OVER, "true"))
                                .build())
                        .build(),
                options.retainOnDelete(spec.config().keepVolumes()).build());
    }
}
