package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.resources.CustomResourceOptions;

/** The Service on every ready pod, primary and standbys alike: one address for everything that only reads. */
final class ReadService {
    private ReadService() {}

    static Service of(ClusterSpec spec, CustomResourceOptions options) {
        var metadata = new Metadata(spec.names());
        var name = spec.names().readService();
        return new Service(
                name,
                ServiceArgs.builder()
                        .metadata(metadata.of(name).build())
                        .spec(ServiceSpecArgs.builder()
                                .selector(metadata.selector())
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                options);
    }
}
