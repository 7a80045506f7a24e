package streamset.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import streamset.problems.ConfigCommand;
import streamset.problems.Problem;
import streamset.problems.Problems;
import streamset.review.report.Refusal;
import streamset.review.report.StackReview;
import streamset.review.report.Verdict;

/** Finds stacks that would manage the same objects, because context, namespace and name are the same. */
final class Neighbours {
    private static final List<String> PLACE = List.of("kubernetes:context", "streamset:namespace", "streamset:name");

    private final Map<String, List<String>> places = new TreeMap<>(); // of each stack
    private final Map<String, String> namespaces = new TreeMap<>();

    Neighbours(Path project) {
        for (var stack : StackFiles.stacks(project)) {
            var values = new StackFiles(project, stack).raw(new Problems()).values();
            places.put(
                    stack,
                    PLACE.stream().map(key -> values.getOrDefault(key, "")).toList());
            namespaces.put(stack, values.getOrDefault("streamset:namespace", ""));
        }
    }

    /** Refuses a stack that has one. */
    StackReview judged(StackReview review) {
        var place = places.get(review.stack());
        var others = places.entrySet().stream()
                .filter(other -> !other.getKey().equals(review.stack())
                        && other.getValue().equals(place))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (place == null || others.isEmpty()) {
            return review;
        }
        var refusals = new ArrayList<>(review.refusals());
        refusals.add(new Refusal(
                new Problem(
                        "streamset:namespace",
                        namespaces.get(review.stack()),
                        "is also that of the stack " + others
                                + ", with the same context and name: both would manage the same objects",
                        new ConfigCommand("streamset:", "namespace", false).set("<another one>")
                                + "; for another name of the same stack: pulumi stack rename <name>"),
                ""));
        return new StackReview(
                review.stack(),
                Verdict.REFUSED,
                review.comparedWith(),
                review.pauseSeconds(),
                review.irreversible(),
                review.changes(),
                refusals,
                review.warnings(),
                review.notJudged(),
                review.staleSnapshot());
    }
}
