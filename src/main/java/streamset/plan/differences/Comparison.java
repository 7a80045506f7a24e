package streamset.plan.differences;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.node.Labels;
import streamset.node.Topology;
import streamset.objects.HiddenSecret;
import streamset.objects.KubernetesObjects;
import streamset.objects.TextDigest;
import streamset.patroni.DynamicConfiguration;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the wanted objects differ from the deployed ones.
 *
 * @param changed every difference in an object that exists already
 * @param added objects that do not exist yet
 * @param renewed objects whose name contains another digest than before
 * @param removed objects that are no longer declared
 */
public record Comparison(
        List<ObjectChange> changed, List<ObjectName> added, List<ObjectName> renewed, List<ObjectName> removed) {
    private static final String STATEFUL_SET = "StatefulSet";
    private static final String ANNOTATIONS = "/metadata/annotations";

    public Comparison {
        changed = List.copyOf(changed);
        added = List.copyOf(added);
        renewed = List.copyOf(renewed);
        removed = List.copyOf(removed);
    }

    /** Compares each object with the one that has the same kind and name. */
    public static Comparison between(DeployedObjects deployed, WantedObjects wanted) {
        var old = byName(deployed.objects());
        var now = byName(wanted.objects());
        var changed = new ArrayList<ObjectChange>();
        now.forEach((name, object) -> Optional.ofNullable(old.get(name))
                .ifPresent(before -> changes(name, before, object)
                        .forEach(difference -> changed.add(new ObjectChange(name, difference)))));
        var missing = now.keySet().stream()
                .filter(name -> !old.containsKey(name) && deployed.lists(name.kind()))
                .toList();
        var purposes = now.keySet().stream().map(ObjectName::purpose).toList();
        var removed = old.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .filter(name -> !name.isDigested() || !purposes.contains(name.purpose()))
                .toList();
        return new Comparison(
                changed,
                missing.stream().filter(name -> !name.isDigested()).toList(),
                missing.stream().filter(ObjectName::isDigested).toList(),
                removed);
    }

    private static Map<ObjectName, JsonNode> byName(List<JsonNode> objects) {
        return objects.stream()
                .collect(Collectors.toMap(ObjectName::of, object -> object, (a, b) -> a, LinkedHashMap::new));
    }

    private static Stream<Difference> changes(ObjectName name, JsonNode object, JsonNode wanted) {
        boolean live = object.at("/metadata/uid").isString();
        return JsonDifferences.between(name.kind(), readable(object), readable(wanted), live).stream()
                .filter(difference -> isApplied(name.kind(), difference))
                .filter(difference -> !isHidden(name.kind(), difference));
    }

    /** False for what the program never changes in an existing object, and for what it does not remove without knowing it. */
    private static boolean isApplied(String kind, Difference difference) {
        return switch (kind) {
            case STATEFUL_SET ->
                !difference.isIn("spec", "volumeClaimTemplates")
                        && !(difference.isIn("metadata", "annotations", Labels.CLUSTER)
                                && difference.to().isEmpty());
            case "PersistentVolumeClaim" -> !difference.isIn("spec", "storageClassName");
            default -> true;
        };
    }

    private static boolean isHidden(String kind, Difference difference) {
        return kind.equals("Secret")
                && difference.isIn("data", "*")
                && difference.from().isPresent()
                && difference.to().isPresent()
                && !(HiddenSecret.isReadable(difference.from().get())
                        && HiddenSecret.isReadable(difference.to().get()));
    }

    /**
     * Each key of the topology and each setting of Patroni becomes a field, and fields that never change have the form of reviewed
     * objects.
     */
    private static JsonNode readable(JsonNode object) {
        if (TextDigest.isFor(object)) {
            return TextDigest.ofTexts(object);
        }
        var shared = Optional.ofNullable(
                        KubernetesObjects.texts(object, ANNOTATIONS).get(DynamicConfiguration.ANNOTATION))
                .flatMap(DynamicConfiguration::settings);
        if (shared.isPresent()) {
            var copy = (ObjectNode) object.deepCopy();
            var settings = copy.withObject(ANNOTATIONS).putObject(DynamicConfiguration.ANNOTATION);
            shared.get().forEach(settings::put);
            return copy;
        }
        var text = object.path("data").path(Topology.FILE);
        if (!text.isString()) {
            return object;
        }
        var copy = (ObjectNode) object.deepCopy();
        var lines = JsonNodeFactory.instance.objectNode();
        text.asString().lines().forEach(line -> {
            int end = line.indexOf('=');
            lines.put(end < 0 ? line : line.substring(0, end), end < 0 ? "" : line.substring(end + 1));
        });
        ((ObjectNode) copy.get("data")).set(Topology.FILE, lines);
        return copy;
    }

    /** The differences in the pod template; paths are those of a pod. */
    public List<Difference> template() {
        return changed.stream()
                .filter(Comparison::isOfTheTemplate)
                .map(change -> change.difference().without("spec.template".split("\\.").length))
                .toList();
    }

    /** All other changes. */
    public Stream<ObjectChange> changedBesidePods() {
        return changed.stream().filter(change -> !isOfTheTemplate(change));
    }

    private static boolean isOfTheTemplate(ObjectChange change) {
        return change.object().kind().equals(STATEFUL_SET)
                && change.difference().isIn("spec", "template");
    }

    /** Whether an object of this kind, whose name without the digest ends in this purpose, is renewed. */
    public boolean renews(String kind, String purpose) {
        return renewed.stream()
                .anyMatch(name ->
                        name.kind().equals(kind) && name.purpose().name().endsWith("-" + purpose));
    }
}
