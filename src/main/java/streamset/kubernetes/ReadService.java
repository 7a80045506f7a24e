package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import streamset.cluster.ClusterSpec;

/** The Service on every ready pod, primary and standbys alike: one address for everything that only reads. */
final class ReadService {
    private ReadService() {}

    static Declarable of(ClusterSpec spec) {
        var metadata = new Metadata(spec);
        var name = spec.names().readService();
        return Declarable.of(
                "read",
                ServiceArgs.builder()
                        .apiVersion("v1")
                        .kind("Service")
                        .metadata(metadata.of(name).build())
                        .spec(ServiceSpecArgs.builder()
                                .selector(metadata.selector())
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                Service::new);
    }
}
