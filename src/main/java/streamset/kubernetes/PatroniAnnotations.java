package streamset.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.config.Names;
import streamset.config.Target;
import streamset.objects.KubernetesObjects;
import streamset.patroni.DynamicConfiguration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the pods keep in the annotations of Patroni's ConfigMaps. They write there by themselves, so the state of a stack has only
 * what the last update or refresh found.
 *
 * @param leader the pod that has the lease; empty when none has
 * @param configuration the dynamic configuration; empty when there is none
 */
public record PatroniAnnotations(Optional<String> leader, Optional<String> configuration) {
    private static final String KIND = "ConfigMap";
    private static final String ANNOTATIONS = "/metadata/annotations";
    private static final String NOT_SET = "(not set)";

    /** Reads them from the Kubernetes cluster by kubectl; empty when that is not installed, or failed. */
    public static Optional<PatroniAnnotations> now(Target target, Names names) {
        return new Kubectl(target)
                .get(List.of(
                        "configmap",
                        names.patroniState(DynamicConfiguration.LEADER),
                        names.patroniState(DynamicConfiguration.ANNOTATION),
                        "--namespace",
                        names.namespace()))
                .flatMap(json -> of(json, names));
    }

    /** @param json the output of kubectl: an object, a list of objects, or nothing when there is none */
    static Optional<PatroniAnnotations> of(String json, Names names) {
        if (json.isBlank()) {
            return Optional.of(of(List.of(), names));
        }
        try {
            var found = JsonMapper.shared().readTree(json);
            return Optional.of(of(
                    Stream.concat(Stream.of(found), found.path("items").valueStream())
                            .toList(),
                    names));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** @param objects of a cluster */
    static PatroniAnnotations of(List<JsonNode> objects, Names names) {
        var all = KubernetesObjects.of(objects);
        return new PatroniAnnotations(
                annotation(all, names, DynamicConfiguration.LEADER)
                        .filter(pod -> names.ordinal(pod).isPresent()),
                annotation(all, names, DynamicConfiguration.ANNOTATION));
    }

    /** Both annotations are called as their object ends. */
    private static Optional<String> annotation(KubernetesObjects objects, Names names, String name) {
        return objects.find(KIND, names.patroniState(name))
                .map(map -> KubernetesObjects.texts(map, ANNOTATIONS).get(name));
    }

    /** The objects of a stack as they were found, with this leader. */
    List<JsonNode> leading(List<JsonNode> objects, Names names) {
        var lease = KubernetesObjects.of(objects).find(KIND, names.patroniState(DynamicConfiguration.LEADER));
        return objects.stream()
                .map(object -> lease.filter(one -> one == object).isPresent() ? leading(object) : object)
                .toList();
    }

    /**
     * The settings of the dynamic configuration that have other values than before, for people; empty when none has, or nothing
     * is known of before.
     */
    Optional<String> changedSince(PatroniAnnotations before) {
        var old = before.configuration.flatMap(DynamicConfiguration::settings);
        var now = configuration.flatMap(DynamicConfiguration::settings);
        return old.flatMap(settings -> now.map(others -> changes(settings, others)))
                .filter(changes -> !changes.isEmpty());
    }

    private static String changes(Map<String, String> before, Map<String, String> now) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .map(name ->
                        name + " from " + before.getOrDefault(name, NOT_SET) + " to " + now.getOrDefault(name, NOT_SET))
                .collect(Collectors.joining(", "));
    }

    private JsonNode leading(JsonNode lease) {
        var copy = (ObjectNode) lease.deepCopy();
        var annotations = copy.withObject(ANNOTATIONS);
        annotations.remove(DynamicConfiguration.LEADER);
        leader.ifPresent(pod -> annotations.put(DynamicConfiguration.LEADER, pod));
        return copy;
    }
}
