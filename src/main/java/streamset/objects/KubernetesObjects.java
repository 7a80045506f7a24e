package streamset.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The objects of one cluster by kind and name; remembers which ones were missing. */
public final class KubernetesObjects {
    private final List<JsonNode> objects;
    private final List<String> missing = new ArrayList<>();

    private KubernetesObjects(List<JsonNode> objects) {
        this.objects = objects;
    }

    /** @param objects in any order; anything that is not a Kubernetes object is ignored */
    public static KubernetesObjects of(List<JsonNode> objects) {
        return new KubernetesObjects(objects.stream()
                .filter(object -> object.path("kind").isString())
                .toList());
    }

    /** All objects. */
    public List<JsonNode> all() {
        return objects;
    }

    /** The objects of a kind. */
    public Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> text(object, "/kind").equals(Optional.of(kind)));
    }

    /** The object of a kind with this name. */
    public Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind)
                .filter(object -> text(object, "/metadata/name").equals(Optional.of(name)))
                .findFirst();
    }

    /** The same for an object that should exist: if it does not, the result is empty and the name is remembered. */
    public JsonNode get(String kind, String name) {
        var found = find(kind, name);
        var words = kind + " " + name;
        if (found.isEmpty() && !missing.contains(words)) {
            missing.add(words);
        }
        return found.orElseGet(MissingNode::getInstance);
    }

    /** Kind and name of each object that {@link #get} did not find. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /**
     * The text of a field.
     *
     * @param path a JSON pointer
     */
    public static Optional<String> text(JsonNode object, String path) {
        var value = object.at(path);
        if (value.isNumber()) {
            return Optional.of(Long.toString(value.longValue())); // the engine has floating-point numbers
        }
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    /**
     * The texts of all fields of an object within another.
     *
     * @param path a JSON pointer
     */
    public static Map<String, String> texts(JsonNode object, String path) {
        return object.at(path)
                .propertyStream()
                .filter(field -> field.getValue().isString())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().asString(), (a, b) -> a, TreeMap::new));
    }
}
