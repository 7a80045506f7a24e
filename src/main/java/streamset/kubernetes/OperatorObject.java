package streamset.kubernetes;

import com.pulumi.core.annotations.Import;
import com.pulumi.kubernetes.Utilities;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

/**
 * An object of the Prometheus operator. The SDK has no classes for the kinds that a Kubernetes cluster is extended by; the provider declares
 * them by their names.
 */
final class OperatorObject extends ResourceArgs {
    private static final String GROUP = "monitoring.coreos.com/v1";

    @Import(name = "apiVersion", required = true)
    private final String apiVersion = GROUP;

    @Import(name = "kind", required = true)
    private final String kind;

    @Import(name = "metadata", required = true)
    private final ObjectMetaArgs metadata;

    @Import(name = "spec", required = true)
    private final Map<String, Object> spec;

    private OperatorObject(String kind, ObjectMetaArgs metadata, Map<String, Object> spec) {
        this.kind = kind;
        this.metadata = metadata;
        this.spec = spec;
    }

    static Declarable of(String purpose, String kind, ObjectMetaArgs metadata, Map<String, Object> spec) {
        return Declarable.of(
                purpose,
                new OperatorObject(kind, metadata, spec),
                (name, args, options) -> new CustomResource(
                        "kubernetes:" + GROUP + ":" + kind,
                        name,
                        args,
                        CustomResourceOptions.merge(
                                options,
                                CustomResourceOptions.builder()
                                        .version(Utilities.getVersion())
                                        .build())));
    }
}
