package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import streamset.cluster.ClusterSpec;

/** The headless Service, which gives every pod a DNS name. */
final class HeadlessService {
    private HeadlessService() {}

    static Declarable of(ClusterSpec spec) {
        var metadata = new Metadata(spec);
        var name = spec.names().headlessService();
        return Declarable.of(
                "svc",
                ServiceArgs.builder()
                        .apiVersion("v1")
                        .kind("Service")
                        .metadata(metadata.of(name).build())
                        .spec(ServiceSpecArgs.builder()
                                .clusterIP("None")
                                .publishNotReadyAddresses(
                                        true) // pg_hba.conf names pods that are not ready before they have cloned
                                .selector(metadata.selector())
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                Service::new);
    }
}
