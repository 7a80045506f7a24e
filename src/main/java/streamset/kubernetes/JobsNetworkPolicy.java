package streamset.kubernetes;

import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import streamset.cluster.ClusterSpec;

/** The NetworkPolicy of the pods of Jobs: nobody reaches them, and they reach servers and DNS. */
final class JobsNetworkPolicy {
    private JobsNetworkPolicy() {}

    static Declarable of(ClusterSpec spec) {
        var metadata = new Metadata(spec);
        var rules = new PolicyRules(spec);
        return Declarable.of(
                "jobs-policy",
                NetworkPolicyArgs.builder()
                        .apiVersion("networking.k8s.io/v1")
                        .kind("NetworkPolicy")
                        .metadata(metadata.of(spec.names().jobPolicy()).build())
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(metadata.jobSelector())
                                .policyTypes("Ingress", "Egress")
                                .egress(rules.toServers(), rules.toDns())
                                .build())
                        .build(),
                NetworkPolicy::new);
    }
}
