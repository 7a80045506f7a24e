package streamset.policy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.features.Archive;
import streamset.features.Exporter;
import streamset.features.Restoration;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/** Rules on the pods of StatefulSets and Jobs. */
final class PodRules {
    private static final int FEWEST_PODS = 3; // the least odd number with a standby

    /** The keys of other images than the servers', by container. */
    private static final Map<String, String> IMAGES = Map.of(
            Exporter.CONTAINER,
            "metrics.image",
            Archive.CONTAINER,
            "backup.image",
            Restoration.CONTAINER,
            "restore.image");

    private PodRules() {}

    static Stream<Breach> breaches(JsonNode object) {
        var pod = object.at("/spec/template/spec");
        var containers = Stream.of("initContainers", "containers")
                .flatMap(list -> pod.path(list).valueStream());
        return Stream.concat(standby(object), containers.flatMap(container -> ofContainer(object, container)));
    }

    private static Stream<Breach> standby(JsonNode object) {
        return isSet(object)
                ? KubernetesObjects.text(object, "/spec/replicas").filter("1"::equals).stream()
                        .map(one -> new Breach(
                                Rule.STANDBY,
                                ObjectWords.of(object),
                                "it has one pod",
                                Breach.KEYS.set("replicas", Integer.toString(FEWEST_PODS))))
                : Stream.empty();
    }

    private static boolean isSet(JsonNode object) {
        return ObjectWords.kind(object).equals("StatefulSet");
    }

    private static Stream<Breach> ofContainer(JsonNode object, JsonNode container) {
        var name = KubernetesObjects.text(container, "/name").orElse("");
        var where = ObjectWords.of(object) + ", container " + name;
        return Stream.concat(
                image(where, container, IMAGES.getOrDefault(name, "image")).stream(),
                isSet(object) ? memory(where, container).stream() : Stream.empty());
    }

    private static Optional<Breach> image(String where, JsonNode container, String key) {
        return KubernetesObjects.text(container, "/image")
                .filter(image -> !image.contains("@sha256:"))
                .map(image -> new Breach(
                        Rule.IMAGE_BY_DIGEST,
                        where,
                        "its image is " + image,
                        Breach.KEYS.set(key, image + "@sha256:<digest>")
                                + ", with the digest that the registry gives it"));
    }

    private static Optional<Breach> memory(String where, JsonNode container) {
        var requested =
                KubernetesObjects.text(container, "/resources/requests/memory").orElse("nothing");
        var limit =
                KubernetesObjects.text(container, "/resources/limits/memory").orElse("nothing");
        boolean known = !container.at("/resources/requests/memory").isNull()
                && !container.at("/resources/limits/memory").isNull();
        return !known || requested.equals(limit) && !limit.equals("nothing")
                ? Optional.empty()
                : Optional.of(new Breach(
                        Rule.RESERVED_MEMORY,
                        where,
                        "it requests " + requested + " and is limited to " + limit,
                        "declare its resources with requests.memory and limits.memory of the same size"));
    }
}
