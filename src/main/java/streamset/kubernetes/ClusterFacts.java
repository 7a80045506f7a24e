package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What only the Kubernetes cluster itself knows. For stacks that may create namespaces: others can rarely read cluster-scoped
 * objects.
 */
public record ClusterFacts(Provider provider) {
    private static final String SYSTEM_NAMESPACE = "kube-system"; // every cluster has one, as old as the cluster

    /** The uid of its namespace {@code kube-system}; empty when it is not known. */
    public Optional<String> uid() {
        var found = Namespace.get("cluster-identity", Output.of(SYSTEM_NAMESPACE), options());
        return Internal.of(found.metadata()).getValueOptional().join().flatMap(metadata -> metadata.uid());
    }

    /** Those of the named StorageClasses that do not let volumes grow. */
    public Set<String> fixedClasses(Set<String> names) {
        return names.stream().filter(name -> !letsVolumesGrow(name)).collect(Collectors.toSet());
    }

    private boolean letsVolumesGrow(String className) {
        var found = StorageClass.get(className, Output.of(className), options());
        return Internal.of(found.allowVolumeExpansion())
                .getValueOptional()
                .join()
                .orElse(false);
    }

    private CustomResourceOptions options() {
        return CustomResourceOptions.builder().provider(provider).build();
    }
}
