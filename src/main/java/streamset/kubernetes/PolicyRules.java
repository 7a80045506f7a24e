package streamset.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.networking.v1.inputs.IPBlockArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import java.util.List;
import streamset.cluster.ClusterSpec;
import streamset.features.Peer;
import streamset.patroni.PatroniFile;

/** What NetworkPolicies of a cluster have in common. */
record PolicyRules(ClusterSpec spec) {
    private static final String TCP = "TCP";
    private static final String UDP = "UDP";
    private static final int DNS = 53;

    /**
     * Where API servers listen. A policy is applied after the address of their Service was replaced by their own, and Kubernetes tells
     * nobody in advance which that is: 443 of most clouds, 6443 of kubeadm, k3s and OpenShift, 8443 of minikube, 16443 of MicroK8s.
     */
    private static final List<Integer> API_SERVERS = List.of(443, 6443, 8443, 16443);

    /** All pods of the cluster come in, servers and Jobs. */
    NetworkPolicyIngressRuleArgs fromOwnPods() {
        var own = NetworkPolicyPeerArgs.builder()
                .podSelector(LabelSelectorArgs.builder()
                        .matchLabels(new Metadata(spec).common())
                        .build())
                .build();
        return NetworkPolicyIngressRuleArgs.builder()
                .from(own)
                .ports(tcp(ports()))
                .build();
    }

    /** Clients come in, to one port only. */
    NetworkPolicyIngressRuleArgs from(List<Peer> clients, int port) {
        return NetworkPolicyIngressRuleArgs.builder()
                .from(clients.stream().map(PolicyRules::peer).toList())
                .ports(tcp(List.of(port)))
                .build();
    }

    NetworkPolicyEgressRuleArgs toServers() {
        var servers = NetworkPolicyPeerArgs.builder()
                .podSelector(new Metadata(spec).labelSelector())
                .build();
        return NetworkPolicyEgressRuleArgs.builder()
                .to(servers)
                .ports(tcp(ports()))
                .build();
    }

    /** To any address: some nodes have a DNS server of their own, at one that is no pod's. */
    NetworkPolicyEgressRuleArgs toDns() {
        return NetworkPolicyEgressRuleArgs.builder()
                .ports(List.of(port(UDP, DNS), port(TCP, DNS)))
                .build();
    }

    NetworkPolicyEgressRuleArgs toApiServer() {
        return NetworkPolicyEgressRuleArgs.builder().ports(tcp(API_SERVERS)).build();
    }

    /** To any address: a policy cannot name a host, and stores have many addresses. */
    NetworkPolicyEgressRuleArgs toStore(int port) {
        return NetworkPolicyEgressRuleArgs.builder().ports(tcp(List.of(port))).build();
    }

    private List<Integer> ports() {
        return spec.config().failover().automatic()
                ? List.of(PostgresPort.NUMBER, PatroniFile.REST_PORT)
                : List.of(PostgresPort.NUMBER);
    }

    private static List<NetworkPolicyPortArgs> tcp(List<Integer> ports) {
        return ports.stream().map(port -> port(TCP, port)).toList();
    }

    private static NetworkPolicyPortArgs port(String protocol, int port) {
        return NetworkPolicyPortArgs.builder().protocol(protocol).port(port).build();
    }

    private static NetworkPolicyPeerArgs peer(Peer peer) {
        var args = NetworkPolicyPeerArgs.builder();
        peer.pods().map(Selectors::of).ifPresent(args::podSelector);
        peer.namespaces().map(Selectors::of).ifPresent(args::namespaceSelector);
        peer.range().ifPresent(range -> {
            var block = IPBlockArgs.builder().cidr(range);
            args.ipBlock(
                    peer.except().isEmpty()
                            ? block.build()
                            : block.except(peer.except()).build());
        });
        return args.build();
    }
}
