package streamset.review;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.problems.ConfigCommand;
import streamset.problems.Problem;
import streamset.problems.Problems;
import streamset.review.report.Refusal;
import streamset.review.report.StackReview;

/** Where the objects of the stacks of a project lie: two stacks in one place would manage the same objects. */
final class Neighbours {
    private static final String CONTEXT = "kubernetes:context";
    private static final String NAMESPACE = "streamset:namespace";
    private static final String NAME = "streamset:name";
    private static final String DEFAULT = "postgresql"; // a project of another name has no defaults in its Pulumi.yaml

    private final Map<String, Place> places = new TreeMap<>(); // of each stack

    /** Where one cluster of servers can be. */
    private record Place(String context, String namespace, String name) {
        static Place of(Map<String, String> values) {
            return new Place(
                    values.getOrDefault(CONTEXT, ""), Neighbours.namespace(values), values.getOrDefault(NAME, DEFAULT));
        }
    }

    Neighbours(Path project) {
        for (var stack : StackFiles.stacks(project)) {
            places.put(
                    stack,
                    Place.of(new StackFiles(project, stack).raw(new Problems()).values()));
        }
    }

    /** The namespace of a stack. */
    static String namespace(Map<String, String> values) {
        return values.getOrDefault(NAMESPACE, DEFAULT);
    }

    /** The stacks in a namespace of the same Kubernetes cluster as one of them. */
    Stream<String> in(String namespace, String stack) {
        var context = places.get(stack).context();
        return places.entrySet().stream()
                .filter(other -> other.getValue().namespace().equals(namespace)
                        && other.getValue().context().equals(context))
                .map(Map.Entry::getKey);
    }

    /** Refuses a stack that has another one in its place. */
    StackReview judged(StackReview review) {
        var place = places.get(review.stack());
        var others = places.entrySet().stream()
                .filter(other -> !other.getKey().equals(review.stack())
                        && other.getValue().equals(place))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return place == null || others.isEmpty()
                ? review
                : review.refusedToo(new Refusal(shared(place.namespace(), others), ""));
    }

    private static Problem shared(String namespace, String others) {
        return new Problem(
                NAMESPACE,
                namespace,
                "is also that of the stack " + others
                        + ", with the same context and name: both would manage the same objects",
                new ConfigCommand("streamset:", "namespace", false).set("<another one>")
                        + "; for another name of the same stack: pulumi stack rename <name>");
    }
}
