package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.node.Labels;

/** The namespace. */
final class ClusterNamespace {
    static final String PURPOSE = "namespace";

    private ClusterNamespace() {}

    /** The namespace is kept if volumes are kept: deleting it deletes every claim in it. */
    static Declarable of(ClusterSpec spec) {
        var name = spec.names().namespace();
        var metadata = new Metadata(spec);
        return Declarable.of(
                        PURPOSE,
                        NamespaceArgs.builder()
                                .apiVersion("v1")
                                .kind("Namespace")
                                .metadata(metadata.clusterWide(
                                                name,
                                                Map.of(
                                                        Metadata.TAKE_OVER,
                                                        "true",
                                                        Labels.KEEP,
                                                        Boolean.toString(
                                                                spec.config().keepVolumes())))
                                        .labels(metadata.namespaceLabels())
                                        .build())
                                .build(),
                        Namespace::new)
                .formerly(new FormerName(spec.names().prefix(), name))
                .with(options -> options.retainOnDelete(spec.config().keepVolumes()));
    }
}
