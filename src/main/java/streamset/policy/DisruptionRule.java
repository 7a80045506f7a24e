package streamset.policy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/** Each StatefulSet has a PodDisruptionBudget that lets one of its pods go at a time. */
final class DisruptionRule {
    private static final String ONE = "1";

    private DisruptionRule() {}

    static Stream<Breach> breaches(KubernetesObjects objects) {
        return objects.ofKind("StatefulSet")
                .filter(set -> objects.ofKind("PodDisruptionBudget").noneMatch(budget -> protects(budget, set)))
                .map(set -> new Breach(
                        Rule.POD_DISRUPTION_BUDGET,
                        ObjectWords.of(set),
                        "no PodDisruptionBudget with maxUnavailable 1 selects its pods",
                        "declare one with the selector of the StatefulSet"));
    }

    private static boolean protects(JsonNode budget, JsonNode set) {
        Map<String, String> labels = KubernetesObjects.texts(set, "/spec/template/metadata/labels");
        Map<String, String> selector = KubernetesObjects.texts(budget, "/spec/selector/matchLabels");
        return namespace(budget).equals(namespace(set))
                && !selector.isEmpty()
                && labels.entrySet().containsAll(selector.entrySet())
                && KubernetesObjects.text(budget, "/spec/maxUnavailable").equals(Optional.of(ONE));
    }

    private static Optional<String> namespace(JsonNode object) {
        return KubernetesObjects.text(object, "/metadata/namespace");
    }
}
