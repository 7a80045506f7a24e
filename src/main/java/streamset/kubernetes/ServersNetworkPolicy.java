package streamset.kubernetes;

import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.features.Peers;
import streamset.features.Restoration;

/** The NetworkPolicy of the servers: they are reached by their own cluster and by the clients that the stack names, and reach
 * nothing but each other, DNS, where Patroni needs it the API server, and where there are backups their store. */
final class ServersNetworkPolicy {
    private ServersNetworkPolicy() {}

    static Declarable of(ClusterSpec spec, Peers clients) {
        var metadata = new Metadata(spec);
        var rules = new PolicyRules(spec);
        var ingress = new ArrayList<>(List.of(rules.fromOwnPods(), rules.from(clients.all(), PostgresPort.NUMBER)));
        spec.exporter()
                .ifPresent(exporter -> ingress.add(rules.from(
                        exporter.clients().isEmpty() ? clients.all() : exporter.clients(), exporter.port())));
        var egress = new ArrayList<>(List.of(rules.toServers(), rules.toDns()));
        if (spec.config().failover().automatic()) {
            egress.add(rules.toApiServer());
        }
        var stores = Stream.concat(
                spec.archive().map(Archive::repository).stream(),
                spec.restoration().map(Restoration::repository).stream());
        stores.map(repository -> repository.endpoint().connected())
                .distinct()
                .forEach(port -> egress.add(rules.toStore(port)));
        return Declarable.of(
                "servers-policy",
                NetworkPolicyArgs.builder()
                        .apiVersion("networking.k8s.io/v1")
                        .kind("NetworkPolicy")
                        .metadata(metadata.of(spec.names().serverPolicy()).build())
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(metadata.labelSelector())
                                .policyTypes("Ingress", "Egress")
                                .ingress(ingress)
                                .egress(egress)
                                .build())
                        .build(),
                NetworkPolicy::new);
    }
}
