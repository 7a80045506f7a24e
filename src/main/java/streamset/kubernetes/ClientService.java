package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;

/** A Service that clients connect to: inside the Kubernetes cluster only, or through a load balancer. */
record ClientService(ClusterSpec spec, String name, Map<String, String> selector) {
    /** @param purpose what it is for, within its cluster */
    Declarable declarable(String purpose, ServiceSpecArgs.Builder own) {
        var exposure = spec.exposure();
        exposure.type().ifPresent(own::type);
        if (!exposure.sourceRanges().isEmpty()) {
            own.loadBalancerSourceRanges(exposure.sourceRanges());
        }
        return Declarable.of(
                purpose,
                ServiceArgs.builder()
                        .apiVersion("v1")
                        .kind("Service")
                        .metadata(new Metadata(spec)
                                .of(name, exposure.annotations())
                                .build())
                        .spec(own.selector(selector)
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                Service::new);
    }
}
