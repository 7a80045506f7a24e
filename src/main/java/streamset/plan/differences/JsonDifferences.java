package streamset.plan.differences;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.units.ByteSize;
import streamset.units.Cpu;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Finds every difference between two objects: compares elements of lists by name where they have one, quantities by value. */
final class JsonDifferences {
    private static final List<String> NAMES =
            List.of("mountPath", "name", "key", "topologyKey"); // of a list's elements
    private static final String ORDER = "order";
    private static final Set<String> PLACES = Set.of("metadata", "annotations", "labels", "spec", "template", "data");
    private static final Set<String> SIZES =
            Set.of("memory", "storage", "ephemeral-storage", "hugepages-2Mi", "sizeLimit");
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final String kind;
    private final boolean live;
    private final List<Difference> found = new ArrayList<>();

    private JsonDifferences(String kind, boolean live) {
        this.kind = kind;
        this.live = live;
    }

    /**
     * @param kind of both
     * @param live whether the old object comes from the cluster, and so has more than was declared
     */
    static List<Difference> between(String kind, JsonNode old, JsonNode now, boolean live) {
        var differences = new JsonDifferences(kind, live);
        differences.compare(List.of(), old, now);
        return List.copyOf(differences.found);
    }

    private void compare(List<String> path, JsonNode old, JsonNode now) {
        if (old.isObject() && now.isObject()) {
            objects(path, old, now);
        } else if (old.isArray() && now.isArray()) {
            lists(path, old, now);
        } else if (!same(path, old, now)) {
            found.add(new Difference(path, shown(old), shown(now)));
        }
    }

    private void objects(List<String> path, JsonNode old, JsonNode now) {
        var fields = new TreeSet<>(old.propertyNames());
        fields.addAll(now.propertyNames());
        var parent = path.isEmpty() ? "" : path.get(path.size() - 1);
        for (var field : fields) {
            var before = old.path(field);
            var after = now.path(field);
            if (after.isMissingNode() && live && !LiveObject.isDeclared(kind, parent, field, before)) {
                continue;
            }
            compare(with(path, field), orEmpty(field, before, after), orEmpty(field, after, before));
        }
    }

    /** A field that only contains other fields counts as empty when it is missing. */
    private static JsonNode orEmpty(String field, JsonNode part, JsonNode other) {
        return part.isMissingNode() && other.isObject() && PLACES.contains(field) ? SORTED.createObjectNode() : part;
    }

    private void lists(List<String> path, JsonNode old, JsonNode now) {
        var key = NAMES.stream()
                .filter(name -> areNamed(old, name) && areNamed(now, name))
                .findFirst();
        if (key.isEmpty()) {
            if (!same(path, old, now)) {
                found.add(new Difference(path, shown(old), shown(now)));
            }
            return;
        }
        var before = byName(old, key.get());
        var after = byName(now, key.get());
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.forEach(name -> compare(
                with(path, Difference.element(name)),
                before.getOrDefault(name, MissingNode.getInstance()),
                after.getOrDefault(name, MissingNode.getInstance())));
        order(path, common(before.keySet(), after.keySet()), common(after.keySet(), before.keySet()));
    }

    private static boolean areNamed(JsonNode list, String name) {
        var names = list.valueStream()
                .map(element -> element.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .distinct()
                .count();
        return names == list.size();
    }

    private static Map<String, JsonNode> byName(JsonNode list, String key) {
        return list.valueStream()
                .collect(Collectors.toMap(
                        element -> element.get(key).asString(), element -> element, (a, b) -> a, LinkedHashMap::new));
    }

    private static String common(Set<String> names, Set<String> others) {
        return names.stream().filter(others::contains).collect(Collectors.joining(", "));
    }

    private void order(List<String> path, String old, String now) {
        if (!old.equals(now)) {
            found.add(new Difference(with(path, Difference.element(ORDER)), Optional.of(old), Optional.of(now)));
        }
    }

    private static boolean same(List<String> path, JsonNode old, JsonNode now) {
        if (old.isNumber() && now.isNumber()) {
            return old.doubleValue() == now.doubleValue(); // the engine has floating-point numbers
        }
        if (old.equals(now)) {
            return true;
        }
        var field = path.isEmpty() ? "" : path.get(path.size() - 1);
        return old.isString() && now.isString() && amount(field, old).equals(amount(field, now));
    }

    private static Object amount(String field, JsonNode value) {
        var text = value.asString();
        try {
            if (field.equals("cpu")) {
                return Cpu.parse(text);
            }
            return SIZES.contains(field) ? ByteSize.parseQuantity(text) : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Optional<String> shown(JsonNode value) {
        return value.isMissingNode() ? Optional.empty() : Optional.of(text(value));
    }

    static String text(JsonNode value) {
        return value.isValueNode()
                ? value.asString()
                : SORTED.writeValueAsString(SORTED.convertValue(value, Object.class));
    }

    private static List<String> with(List<String> path, String step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }
}
