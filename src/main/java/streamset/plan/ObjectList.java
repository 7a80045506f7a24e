package streamset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Kubernetes objects, found by kind and name; remembers which were looked for in vain. */
final class ObjectList {
    private final List<JsonNode> objects;
    private final List<String> missing = new ArrayList<>();

    ObjectList(List<JsonNode> objects) {
        this.objects = List.copyOf(objects);
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> text(object, "/kind").equals(Optional.of(kind)));
    }

    Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind)
                .filter(object -> text(object, "/metadata/name").equals(Optional.of(name)))
                .findFirst();
    }

    /** What should be there; an object without anything in it, and remembered, when it is not. */
    JsonNode get(String kind, String name) {
        var found = find(kind, name);
        var words = kind + " " + name;
        if (found.isEmpty() && !missing.contains(words)) {
            missing.add(words);
        }
        return found.orElseGet(MissingNode::getInstance);
    }

    /** Kind and name of each object that was not there. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** @param path a JSON pointer */
    static Optional<String> text(JsonNode object, String path) {
        var value = object.at(path);
        if (value.isNumber()) {
            return Optional.of(Long.toString(value.longValue())); // the engine's numbers are floating-point ones
        }
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }
}
