package streamset.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.node.Labels;

/** The NetworkPolicy that lets the pods of restore tests reach the store, beside what all pods of Jobs reach. */
final class RestoreTestNetworkPolicy {
    private RestoreTestNetworkPolicy() {}

    static Declarable of(ClusterSpec spec, Archive archive) {
        var metadata = new Metadata(spec);
        var labels = new TreeMap<>(metadata.common());
        labels.put(Labels.COMPONENT, Archive.Task.RESTORE_TEST);
        return Declarable.of(
                "restoretest-policy",
                NetworkPolicyArgs.builder()
                        .apiVersion("networking.k8s.io/v1")
                        .kind("NetworkPolicy")
                        .metadata(metadata.of(spec.names().restoreTestPolicy()).build())
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(LabelSelectorArgs.builder()
                                        .matchLabels(labels)
                                        .build())
                                .policyTypes("Egress")
                                .egress(new PolicyRules(spec)
                                        .toStore(archive.repository().endpoint().connected()))
                                .build())
                        .build(),
                NetworkPolicy::new);
    }
}
