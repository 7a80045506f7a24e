package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.node.Agent;

/** The Service on the declared primary: one address for everything that writes. */
final class PrimaryService {
    private PrimaryService() {}

    static Declarable of(ClusterSpec spec) {
        var selector = new TreeMap<>(new Metadata(spec).selector());
        selector.putAll(Agent.of(spec).primarySelector());
        return new ClientService(spec, spec.names().primaryService(), selector)
                // it has no other pod to send clients to, and one that starts refuses at once
                .declarable("primary", ServiceSpecArgs.builder().publishNotReadyAddresses(true));
    }
}
