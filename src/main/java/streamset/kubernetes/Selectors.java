package streamset.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorRequirementArgs;
import streamset.pod.LabelRule;
import streamset.pod.PodSelector;

/** Selectors by label, from their description to the arguments of the SDK. */
final class Selectors {
    private Selectors() {}

    static LabelSelectorArgs of(PodSelector selector) {
        var args = LabelSelectorArgs.builder();
        if (!selector.labels().isEmpty()) {
            args.matchLabels(selector.labels());
        }
        if (!selector.rules().isEmpty()) {
            args.matchExpressions(selector.rules().stream().map(Selectors::of).toList());
        }
        return args.build();
    }

    private static LabelSelectorRequirementArgs of(LabelRule rule) {
        var args = LabelSelectorRequirementArgs.builder().key(rule.key()).operator(rule.operator());
        return rule.values().isEmpty()
                ? args.build()
                : args.values(rule.values()).build();
    }
}
