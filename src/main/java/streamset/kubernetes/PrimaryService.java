package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.node.Agent;

/** The Service on the declared primary: one address for everything that writes. */
final class PrimaryService {
    private PrimaryService() {}

    static Declarable of(ClusterSpec spec) {
        var metadata = new Metadata(spec);
        var name = spec.names().primaryService();
        var selector = new TreeMap<>(metadata.selector());
        selector.putAll(Agent.of(spec).primarySelector());
        return Declarable.of(
                "primary",
                ServiceArgs.builder()
                        .apiVersion("v1")
                        .kind("Service")
                        .metadata(metadata.of(name).build())
                        .spec(ServiceSpecArgs.builder()
                                // it has no other pod to send clients to, and one that starts refuses at once
                                .publishNotReadyAddresses(true)
                                .selector(selector)
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                Service::new);
    }
}
