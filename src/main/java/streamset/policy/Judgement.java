package streamset.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.config.Waivers;
import streamset.problems.Problem;
import tools.jackson.databind.JsonNode;

/**
 * How a stack stands to the rules.
 *
 * @param broken where rules are not followed that the stack does not waive
 * @param waived the rules that it breaks and waives, with its reasons
 * @param idle the rules that it waives and follows
 */
public record Judgement(List<Breach> broken, Map<Rule, String> waived, Set<Rule> idle) {
    public Judgement {
        broken = List.copyOf(broken);
        waived = Collections.unmodifiableMap(waived.isEmpty() ? new EnumMap<>(Rule.class) : new EnumMap<>(waived));
        idle = Collections.unmodifiableSet(idle.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(idle));
    }

    /** Judges the objects of a whole stack. */
    public static Judgement of(List<JsonNode> objects, Waivers waivers) {
        var breaches = Rules.of(objects);
        var rules = breaches.stream().map(Breach::rule).collect(Collectors.toSet());
        var waived = new EnumMap<Rule, String>(Rule.class);
        var idle = EnumSet.noneOf(Rule.class);
        waivers.reasons().forEach((rule, reason) -> {
            if (rules.contains(rule)) {
                waived.put(rule, reason);
            } else {
                idle.add(rule);
            }
        });
        return new Judgement(
                breaches.stream()
                        .filter(breach -> !waived.containsKey(breach.rule()))
                        .toList(),
                waived,
                idle);
    }

    /** What is broken, each with its remedy; places that are broken in the same way are one problem. */
    public Stream<Problem> problems() {
        var places = new LinkedHashMap<Breach, List<String>>();
        broken.forEach(breach -> places.computeIfAbsent(breach.anywhere(), any -> new ArrayList<>())
                .add(breach.where()));
        return places.entrySet().stream()
                .map(place -> new Problem(
                        place.getKey().rule().key(),
                        place.getKey().found(),
                        place.getKey().rule().demand() + "; but not so in " + String.join(", ", place.getValue()),
                        place.getKey().fix()));
    }
}
