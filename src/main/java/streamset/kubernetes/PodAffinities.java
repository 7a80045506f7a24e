package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.AffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeAffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeSelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeSelectorRequirementArgs;
import com.pulumi.kubernetes.core.v1.inputs.NodeSelectorTermArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAffinityTermArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAntiAffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.PreferredSchedulingTermArgs;
import com.pulumi.kubernetes.core.v1.inputs.WeightedPodAffinityTermArgs;
import java.util.List;
import java.util.function.Consumer;
import streamset.pod.Affinity;
import streamset.pod.Affinity.Wish;
import streamset.pod.LabelRule;
import streamset.pod.PodTerm;

/** Affinities as arguments of the SDK, without the fields that say nothing. */
final class PodAffinities {
    private PodAffinities() {}

    static AffinityArgs of(Affinity affinity) {
        var args = AffinityArgs.builder();
        if (!affinity.nodes().isNone()) {
            args.nodeAffinity(nodes(affinity.nodes()));
        }
        if (!affinity.nearPods().isNone()) {
            var near = PodAffinityArgs.builder();
            pods(
                    affinity.nearPods(),
                    near::requiredDuringSchedulingIgnoredDuringExecution,
                    near::preferredDuringSchedulingIgnoredDuringExecution);
            args.podAffinity(near.build());
        }
        if (!affinity.awayFromPods().isNone()) {
            var away = PodAntiAffinityArgs.builder();
            pods(
                    affinity.awayFromPods(),
                    away::requiredDuringSchedulingIgnoredDuringExecution,
                    away::preferredDuringSchedulingIgnoredDuringExecution);
            args.podAntiAffinity(away.build());
        }
        return args.build();
    }

    private static NodeAffinityArgs nodes(Wish<List<LabelRule>> wish) {
        var args = NodeAffinityArgs.builder();
        if (!wish.required().isEmpty()) {
            args.requiredDuringSchedulingIgnoredDuringExecution(NodeSelectorArgs.builder()
                    .nodeSelectorTerms(
                            wish.required().stream().map(PodAffinities::node).toList())
                    .build());
        }
        if (!wish.preferred().isEmpty()) {
            args.preferredDuringSchedulingIgnoredDuringExecution(wish.preferred().stream()
                    .map(preferred -> PreferredSchedulingTermArgs.builder()
                            .weight(preferred.weight())
                            .preference(node(preferred.term()))
                            .build())
                    .toList());
        }
        return args.build();
    }

    private static NodeSelectorTermArgs node(List<LabelRule> rules) {
        return NodeSelectorTermArgs.builder()
                .matchExpressions(rules.stream().map(PodAffinities::ofNode).toList())
                .build();
    }

    private static NodeSelectorRequirementArgs ofNode(LabelRule rule) {
        var args = NodeSelectorRequirementArgs.builder().key(rule.key()).operator(rule.operator());
        return rule.values().isEmpty()
                ? args.build()
                : args.values(rule.values()).build();
    }

    private static void pods(
            Wish<PodTerm> wish,
            Consumer<List<PodAffinityTermArgs>> required,
            Consumer<List<WeightedPodAffinityTermArgs>> preferred) {
        if (!wish.required().isEmpty()) {
            required.accept(wish.required().stream().map(PodAffinities::pod).toList());
        }
        if (!wish.preferred().isEmpty()) {
            preferred.accept(wish.preferred().stream()
                    .map(one -> WeightedPodAffinityTermArgs.builder()
                            .weight(one.weight())
                            .podAffinityTerm(pod(one.term()))
                            .build())
                    .toList());
        }
    }

    private static PodAffinityTermArgs pod(PodTerm term) {
        var args = PodAffinityTermArgs.builder().topologyKey(term.label()).labelSelector(Selectors.of(term.pods()));
        if (!term.namespaces().isEmpty()) {
            args.namespaces(term.namespaces());
        }
        term.inNamespaces().map(Selectors::of).ifPresent(args::namespaceSelector);
        return args.build();
    }
}
