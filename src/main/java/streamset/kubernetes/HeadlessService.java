package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.resources.CustomResourceOptions;

/** The headless Service, which gives every pod a DNS name. */
final class HeadlessService {
    private HeadlessService() {}

    static Service of(ClusterSpec spec, CustomResourceOptions options) {
        var metadata = new Metadata(spec.names());
        var name = spec.names().headlessService();
        return new Service(
                name,
                ServiceArgs.builder()
                        .metadata(metadata.of(name).build())
                        .spec(ServiceSpecArgs.builder()
                                .clusterIP("None")
                                .publishNotReadyAddresses(true) // pg_hba.conf names pods that are only about to clone
                                .selector(metadata.selector())
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                options);
    }
}
