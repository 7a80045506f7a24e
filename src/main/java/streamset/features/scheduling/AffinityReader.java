package streamset.features.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import streamset.config.KubernetesName;
import streamset.config.Section;
import streamset.features.Field;
import streamset.features.LabelRules;
import streamset.features.LabelSyntax;
import streamset.pod.Affinity;
import streamset.pod.Affinity.Weighted;
import streamset.pod.Affinity.Wish;
import streamset.pod.LabelRule;
import streamset.pod.PodSelector;
import streamset.pod.PodTerm;

/** Reads {@code scheduling.affinity}, in the form and by the rules of Kubernetes. */
final class AffinityReader {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String TERMS = "nodeSelectorTerms";
    private static final String EXPRESSIONS = "matchExpressions";
    private static final String SELECTOR = "labelSelector";
    private static final String IN_NAMESPACES = "namespaceSelector";
    private static final String NAMESPACES = "namespaces";
    private static final int MOST_WEIGHT = 100; // Kubernetes' own limit

    private AffinityReader() {}

    static Affinity read(Section affinity) {
        var nodes = affinity.object("nodeAffinity");
        return new Affinity(
                new Wish<>(
                        terms(nodeTerms(nodes), AffinityReader::nodeTerm),
                        weighted(nodes, "preference", AffinityReader::nodeTerm)),
                ofPods(affinity.object("podAffinity")),
                ofPods(affinity.object("podAntiAffinity")));
    }

    private static List<Section> nodeTerms(Section nodes) {
        var required = nodes.object(REQUIRED);
        var terms = required.objects(TERMS);
        if (nodes.has(REQUIRED) && terms.isEmpty() && !required.isFaulty(TERMS)) {
            required.problem(TERMS, Section.NOT_SET, "without a term no node fits", nodes.removeCommand(REQUIRED));
        }
        return terms;
    }

    private static Wish<PodTerm> ofPods(Section fields) {
        return new Wish<>(
                terms(fields.objects(REQUIRED), AffinityReader::podTerm),
                weighted(fields, "podAffinityTerm", AffinityReader::podTerm));
    }

    private static <T> List<T> terms(List<Section> terms, Function<Section, Optional<T>> reader) {
        return terms.stream().flatMap(term -> reader.apply(term).stream()).toList();
    }

    private static <T> List<Weighted<T>> weighted(Section fields, String name, Function<Section, Optional<T>> reader) {
        return terms(fields.objects(PREFERRED), preferred -> {
            var weight = new Field(preferred, "weight")
                    .required(Field.number(1, MOST_WEIGHT), "1", "a preference must say how much it counts");
            var term = reader.apply(preferred.object(name));
            return weight.flatMap(much -> term.map(what -> new Weighted<>(much, what)));
        });
    }

    private static Optional<List<LabelRule>> nodeTerm(Section term) {
        var rules = LabelRules.ofNodes(term);
        if (term.objects(EXPRESSIONS).isEmpty() && !term.isFaulty(EXPRESSIONS)) {
            term.problem(
                    EXPRESSIONS,
                    Section.NOT_SET,
                    "without an expression no node fits",
                    term.setInner(EXPRESSIONS + "[0]", "key", "<label>") + " and "
                            + term.setInner(EXPRESSIONS + "[0]", "operator", "Exists"));
        }
        return Optional.of(rules).filter(some -> !some.isEmpty());
    }

    private static Optional<PodTerm> podTerm(Section term) {
        var label = new Field(term, "topologyKey")
                .required(
                        LabelSyntax::key,
                        "kubernetes.io/hostname",
                        "a term must name the label of the nodes that count as near to each other");
        if (!term.has(SELECTOR)) {
            term.problem(
                    SELECTOR,
                    Section.NOT_SET,
                    "without a selector it is about no pod",
                    term.setInner(SELECTOR + ".matchLabels", "<label>", "<value>"));
        }
        var namespaces = namespaces(term);
        var pods = LabelRules.selector(term.object(SELECTOR));
        var inNamespaces = term.has(IN_NAMESPACES)
                ? Optional.of(LabelRules.selector(term.object(IN_NAMESPACES)))
                : Optional.<PodSelector>empty();
        return label.map(near -> new PodTerm(pods, near, namespaces, inNamespaces));
    }

    private static List<String> namespaces(Section term) {
        var names = term.list(NAMESPACES);
        for (int index = 0; index < names.size(); index++) {
            try {
                KubernetesName.label(names.get(index));
            } catch (IllegalArgumentException e) {
                term.problem(
                        NAMESPACES,
                        names.get(index),
                        e.getMessage(),
                        term.setCommand(NAMESPACES, index, "<namespace>"));
            }
        }
        return names;
    }
}
