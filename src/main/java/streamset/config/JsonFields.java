package streamset.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** The fields of one section by the kinds of their values; a value of another kind is a problem, and counts as not set. */
record JsonFields(Map<String, JsonNode> nodes, FieldProblems problems) {
    /** @param prefix a namespace with its colon */
    static JsonFields of(String prefix, RawConfig raw, Problems problems) {
        var nodes = new TreeMap<String, JsonNode>();
        raw.values().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                nodes.put(key.substring(prefix.length()), JsonText.text(value));
            }
        });
        return new JsonFields(
                nodes,
                new FieldProblems(prefix, key -> raw.secretKeys().contains(prefix + key), raw.clearParts(), problems));
    }

    /** Empty when it is not set, or null. */
    Optional<JsonNode> get(String key) {
        return Optional.ofNullable(nodes.get(key)).filter(node -> !node.isNull());
    }

    /** @param hidden whether nothing of the object is ever shown */
    Map<String, JsonNode> object(String key, boolean hidden) {
        return node(key, hidden).map(JsonFields::members).orElseGet(TreeMap::new);
    }

    private Optional<JsonNode> node(String key, boolean hidden) {
        var written = get(key);
        try {
            var node = written.isPresent() && written.get().isString()
                    ? JsonText.object(written.get().asString())
                    : written;
            node.filter(value -> !value.isObject() && !value.isNull())
                    .ifPresent(value -> refuse(key, value.toString(), hidden, ", not " + JsonText.kind(value)));
            return node.filter(JsonNode::isObject);
        } catch (IllegalArgumentException e) {
            refuse(key, written.orElseThrow().asString(), hidden, "; " + e.getMessage());
            return Optional.empty();
        }
    }

    private void refuse(String key, String value, boolean hidden, String flaw) {
        problems.add(
                key,
                value,
                hidden,
                "must be an object with named fields" + flaw,
                new ConfigCommand(problems.path(), key, hidden).reset());
    }

    /** A list of single values. */
    List<String> list(String key) {
        return elements(key, node -> !node.isContainer(), "single values", ConfigCommand::resetList).stream()
                .map(JsonNode::asString)
                .toList();
    }

    /** A list of objects, each by the names of its fields. */
    List<Map<String, JsonNode>> objects(String key) {
        return elements(key, JsonNode::isObject, "objects with named fields", ConfigCommand::resetObjects).stream()
                .map(JsonFields::members)
                .toList();
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        var members = new TreeMap<String, JsonNode>();
        object.properties().forEach(field -> members.put(field.getKey(), field.getValue()));
        return members;
    }

    private List<JsonNode> elements(
            String key, Predicate<JsonNode> isOne, String kind, Function<ConfigCommand, String> remedy) {
        var node = get(key).flatMap(value -> value.isString() ? JsonText.list(value.asString()) : Optional.of(value))
                .filter(value -> !value.isNull());
        if (node.isEmpty()) {
            return List.of();
        }
        var list = node.get();
        if (!list.isArray() || !list.valueStream().allMatch(isOne)) {
            problems.add(
                    key,
                    JsonText.shown(list),
                    "must be a list of " + kind + ", not " + JsonText.kind(list),
                    remedy.apply(problems.command(key)));
            return List.of();
        }
        return list.valueStream().toList();
    }

    /** The same, with the fields of inner objects as {@code object.field}. */
    JsonFields flattened() {
        var flat = new TreeMap<String, JsonNode>();
        nodes.forEach((name, node) -> {
            if (node.isObject()) {
                node.properties().forEach(member -> flat.put(name + "." + member.getKey(), member.getValue()));
            } else {
                flat.put(name, node);
            }
        });
        return new JsonFields(flat, problems);
    }
}
