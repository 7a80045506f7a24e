package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import streamset.cluster.ClusterSpec;

/** The Service on every ready pod, primary and standbys alike: one address for everything that only reads. */
final class ReadService {
    private ReadService() {}

    static Declarable of(ClusterSpec spec) {
        return new ClientService(spec, spec.names().readService(), new Metadata(spec).selector())
                .declarable("read", ServiceSpecArgs.builder());
    }
}
