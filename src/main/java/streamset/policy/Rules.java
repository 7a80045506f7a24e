package streamset.policy;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/**
 * All rules, for rendered objects and for those that the engine is about to declare. A field that is not known yet, as in a
 * preview, breaks no rule.
 */
public final class Rules {
    private static final List<Function<JsonNode, Stream<Breach>>> OF_ONE_OBJECT = List.of(
            PodRules::breaches,
            ConfRules::breaches,
            PatroniRules::breaches,
            VolumeRules::breaches,
            ServiceRules::breaches);

    private Rules() {}

    /** Where a single object breaks a rule, whatever else there is. */
    public static List<Breach> ofObject(JsonNode object) {
        return OF_ONE_OBJECT.stream()
                .flatMap(rule -> rule.apply(object))
                .distinct()
                .sorted(Comparator.comparing(Breach::rule))
                .toList();
    }

    /** Where all objects of a stack break a rule that no single one of them can. */
    public static List<Breach> ofAll(List<JsonNode> objects) {
        return DisruptionRule.breaches(KubernetesObjects.of(objects)).toList();
    }

    /** Both, sorted by rule. */
    public static List<Breach> of(List<JsonNode> objects) {
        return Stream.concat(objects.stream().flatMap(object -> ofObject(object).stream()), ofAll(objects).stream())
                .sorted(Comparator.comparing(Breach::rule))
                .toList();
    }
}
