package streamset.review;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import streamset.catalog.Catalog;
import streamset.catalog.Context;
import streamset.catalog.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an object of a stack file can hold, as a JSON Schema. */
final class ObjectSchema {
    private static final JsonNodeFactory NODES = JsonMapper.shared().getNodeFactory();
    private static final int OLDEST_VERSION = 14; // of those with a catalog
    private static final int NEWEST_VERSION = 18;
    private static final String NAME = "^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?$"; // of a parameter
    private static final String ONE_LINE = "^[^\\n\\r\\u0000]*$";

    private ObjectSchema() {}

    /** @param kind as keys.yaml has it */
    static ObjectNode of(JsonNode kind) {
        var schema = ValueSchema.type("object").put("additionalProperties", false);
        var properties = schema.putObject("properties");
        var required = names(kind.path("required"));
        kind.get("object").properties().forEach(field -> {
            var inner = field.getValue();
            var value = any(inner, !required.contains(field.getKey()));
            properties.set(field.getKey(), described(value, inner, words(inner), inner.path("default")));
        });
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        others(kind.path("others"), schema);
        rules(kind, schema);
        return schema;
    }

    /** Fields whose names people choose. */
    private static void others(JsonNode kind, ObjectNode schema) {
        if (!kind.isMissingNode()) {
            schema.putObject("patternProperties")
                    .set(
                            "^(" + kind.get("names").asString() + ")$",
                            described(any(kind, true), kind, words(kind), kind.path("default")));
        }
    }

    /**
     * The schema of a value of whatever kind.
     *
     * @param orEmpty whether an empty one counts as none
     */
    static ObjectNode any(JsonNode kind, boolean orEmpty) {
        var container = container(kind);
        if (container.isEmpty()) {
            return ValueSchema.of(kind, orEmpty);
        }
        if (!orEmpty || kind.has("required")) {
            return container.get();
        }
        var schema = NODES.objectNode();
        schema.putArray("anyOf").add(container.get()).add(ValueSchema.type("null"));
        return schema;
    }

    private static Optional<ObjectNode> container(JsonNode kind) {
        if (kind.has("object")) {
            return Optional.of(of(kind));
        }
        if (kind.has("list")) {
            var list = ValueSchema.type("array");
            list.set("items", any(kind.get("list"), false));
            return Optional.of(list);
        }
        if (kind.has("labels")) {
            return Optional.of(AffinitySchema.labels());
        }
        if (kind.has("peer")) {
            return Optional.of(AffinitySchema.peer());
        }
        return kind.has("affinity") ? Optional.of(AffinitySchema.affinity()) : Optional.empty();
    }

    private static TreeSet<String> names(JsonNode list) {
        var names = new TreeSet<String>();
        list.valueStream().forEach(name -> names.add(name.asString()));
        return names;
    }

    private static void rules(JsonNode kind, ObjectNode schema) {
        kind.path("apart").forEach(pair -> {
            var both = NODES.objectNode();
            both.set("required", pair);
            schema.withArrayProperty("allOf").addObject().set("not", both);
        });
        kind.path("demands").forEach(pair -> {
            var rule = schema.withArrayProperty("allOf").addObject();
            var field = pair.get(0).asString();
            var set = rule.putObject("if");
            set.putArray("required").add(field);
            var value = set.putObject("properties").putObject(field);
            if (kind.at("/object").path(field).has("flag")) {
                value.putArray("enum").add(true).add("true");
            } else {
                value.putObject("not").putArray("enum").add("").addNull(); // which set nothing
            }
            var anyOf = rule.putObject("then").putArray("anyOf");
            pair.valueStream()
                    .skip(1)
                    .forEach(other -> anyOf.addObject().putArray("required").add(other.asString()));
        });
        kind.path("together").forEach(pair -> {
            var demand = schema.withObjectProperty("dependentRequired");
            demand.putArray(pair.get(0).asString()).add(pair.get(1).asString());
            demand.putArray(pair.get(1).asString()).add(pair.get(0).asString());
        });
    }

    /** What a person reads about a field, its range included. */
    static String words(JsonNode field) {
        var range = range(field);
        return field.path("description").asString("") + (range.isEmpty() ? "" : ": " + range);
    }

    /** Which values a key or a field takes, in words; empty where the type says it all. */
    static String range(JsonNode kind) {
        if (kind.has("whole") && !kind.has("range")) {
            return kind.get("whole").get(0).asLong() + " … "
                    + kind.get("whole").get(1).asLong() + (kind.has("odd") ? ", odd" : "");
        }
        if (kind.has("choice")) {
            return kind.get("choice")
                    .valueStream()
                    .map(JsonNode::asString)
                    .reduce((a, b) -> a + " or " + b)
                    .get();
        }
        return kind.has("cpu")
                ? "a quantity such as 500m or 2"
                : kind.has("bytes")
                        ? "a quantity such as 512Mi or 10Gi"
                        : kind.path("range").asString("");
    }

    /** The schema under its description, which editors show. */
    static ObjectNode described(ObjectNode schema, JsonNode kind, String description, JsonNode fallback) {
        var described = NODES.objectNode().put("description", description);
        if (!fallback.isMissingNode() && !(fallback.isContainer() && fallback.isEmpty())) {
            described.set("default", fallback);
        }
        return described.setAll(schema);
    }

    /** PostgreSQL's parameters: any name of the right form, with those that the catalogs know for whoever writes one. */
    static ObjectNode parameters() {
        var single = NODES.objectNode();
        single.putArray("anyOf")
                .add(ValueSchema.type("string").put("pattern", ONE_LINE))
                .addObject()
                .putArray("type")
                .add("number")
                .add("boolean")
                .add("null");
        var members = ValueSchema.type("object"); // pg_stat_statements: {max: 1000}
        members.putObject("propertyNames").put("pattern", "^[A-Za-z_]\\w*$");
        members.set("additionalProperties", single);
        var qualified = NODES.objectNode();
        qualified.putArray("anyOf").add(single).add(ValueSchema.secret());
        var plain = NODES.objectNode();
        plain.putArray("anyOf").add(single).add(members);

        var schema = ValueSchema.type("object");
        schema.putObject("propertyNames").put("pattern", NAME);
        schema.putObject("patternProperties").<ObjectNode>set("^[^.]*$", plain).set("\\.", qualified);
        var properties = schema.putObject("properties");
        known().forEach((name, words) -> properties.putObject(name).put("description", words));
        schema.set("not", ValueSchema.secret()); // that would be a text
        return schema;
    }

    private static Map<String, String> known() {
        var known = new TreeMap<String, String>();
        IntStream.rangeClosed(OLDEST_VERSION, NEWEST_VERSION)
                .boxed()
                .flatMap(version -> Catalog.of(version).parameters().stream())
                .filter(parameter -> parameter.context() != Context.INTERNAL)
                .forEach(parameter -> known.put(parameter.name(), words(parameter))); // as the newest version has it
        return known;
    }

    private static String words(Parameter parameter) {
        var change = parameter.context().restart() ? "a change restarts the servers" : "a change is reloaded";
        return parameter
                .bootValue()
                .filter(value -> !value.isEmpty() && parameter.takes(value))
                .map(value -> "PostgreSQL's default " + parameter.shown(value) + "; " + change)
                .orElse(change);
    }
}
