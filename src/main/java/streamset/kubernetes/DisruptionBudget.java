package streamset.kubernetes;

import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import streamset.cluster.ClusterSpec;

/** The PodDisruptionBudget: an eviction, as of {@code kubectl drain}, waits while another pod is not ready. */
final class DisruptionBudget {
    private static final int MOST_PODS_AWAY = 1;

    private DisruptionBudget() {}

    static Declarable of(ClusterSpec spec) {
        var metadata = new Metadata(spec);
        return Declarable.of(
                "pdb",
                PodDisruptionBudgetArgs.builder()
                        .apiVersion("policy/v1")
                        .kind("PodDisruptionBudget")
                        .metadata(metadata.of(spec.names().disruptionBudget()).build())
                        .spec(PodDisruptionBudgetSpecArgs.builder()
                                .maxUnavailable(MOST_PODS_AWAY)
                                .selector(metadata.labelSelector())
                                .build())
                        .build(),
                PodDisruptionBudget::new);
    }
}
