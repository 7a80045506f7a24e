package streamset.review;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import streamset.config.StackConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of stack files, for editors: made from Pulumi.yaml, which the engine reads, and from keys.yaml. It never
 * refuses what the program takes, and refuses what the program refuses wherever a schema can say it: neither sums nor
 * what several keys come to together, but for the few that exclude each other.
 */
final class StackSchema {
    /** Where it lies below the project's folder. */
    static final String FILE = "schema/stack.schema.json";

    /** The first line of a stack file, by which editors find it. */
    static final String REFERENCE = "# yaml-language-server: $schema=" + FILE;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JSON.getNodeFactory();
    private static final String OWN = StackConfig.NAMESPACE + ":";
    private static final String KUBERNETES = "kubernetes:";
    private static final String OLD_FORM = "config:"; // between namespace and name: as Pulumi wrote keys in 2017

    private final Map<String, JsonNode> keys;
    private final boolean bare;

    /** @param bare whether keys without a namespace count, as they do where the project is called like the program */
    private StackSchema(Map<String, JsonNode> keys, boolean bare) {
        this.keys = keys;
        this.bare = bare;
    }

    /** @param keys of the configuration, with all that is declared of each */
    static String text(Map<String, JsonNode> keys) {
        return text(new StackSchema(keys, true).root());
    }

    /** The same for a project of whatever name. */
    static String textForAnyProject(Map<String, JsonNode> keys) {
        return text(new StackSchema(keys, false).root());
    }

    private static String text(ObjectNode schema) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private ObjectNode root() {
        var root = NODES.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A stack of streamset: Pulumi.<stack>.yaml")
                .put("description", "written by make docs")
                .put("type", "object");
        var properties = root.putObject("properties");
        for (String name : new String[] {"secretsprovider", "encryptedkey", "encryptionsalt"}) {
            properties
                    .putObject(name)
                    .put("description", "written by the Pulumi CLI")
                    .putArray("type")
                    .add("string")
                    .add("number")
                    .add("boolean")
                    .add("null");
        }
        var environment = properties.putObject("environment");
        environment
                .put("description", "not used: what it brings stands in no file")
                .put("maxItems", 0);
        environment.putArray("type").add("array").add("null");
        properties.set("config", config());
        root.putArray("required").add("config");
        var definitions = root.putObject("$defs");
        keys.forEach((key, kind) -> definitions.set(key, definition(kind)));
        return root;
    }

    private static ObjectNode definition(JsonNode kind) {
        var type = kind.path("type").asString("string");
        var schema = kind.has("parameters") ? ObjectSchema.parameters() : ObjectSchema.any(kind, type.equals("string"));
        return ObjectSchema.described(schema, kind, ObjectSchema.words(kind), kind.path("default"));
    }

    private ObjectNode config() {
        var config = ValueSchema.type("object");
        var properties = config.putObject("properties");
        keys.keySet().forEach(key -> reference(properties.putObject(key), key));
        var others = config.putObject("patternProperties");
        keys.keySet().forEach(key -> reference(others.putObject("^" + otherForms(key) + "$"), key));
        others.put("^(?!(" + String.join("|", all()) + ")$)(" + OWN + "|" + KUBERNETES + "|[^:]*$)", false);
        others.put("^[^:]*:(?!" + OLD_FORM + "[^:]*$)[^:]*:", false);
        var context = config.putArray("anyOf");
        context.addObject().putArray("required").add(KUBERNETES + "context");
        context.addObject().putArray("required").add(KUBERNETES + OLD_FORM + "context");
        once(config.putObject("dependentSchemas"));
        rules(config.putArray("allOf"));
        return config;
    }

    private static void reference(ObjectNode schema, String key) {
        schema.put("$ref", "#/$defs/" + key);
    }

    /** The other spellings that the engine takes for the same: without the project's name, and an old one. */
    private String otherForms(String key) {
        var name = name(key);
        return key.startsWith(OWN)
                ? bare ? "(" + OWN + OLD_FORM + ")?" + name : OWN + OLD_FORM + name
                : KUBERNETES + OLD_FORM + name;
    }

    private static String name(String key) {
        return key.substring(key.indexOf(':') + 1);
    }

    private TreeSet<String> all() {
        return keys.keySet().stream()
                .map(key -> key.startsWith(OWN)
                        ? OWN + "(" + OLD_FORM + ")?" + name(key) + (bare ? "|" + name(key) : "")
                        : KUBERNETES + "(" + OLD_FORM + ")?" + name(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** No key in two spellings. */
    private void once(ObjectNode dependent) {
        for (String key : keys.keySet()) {
            var old = key.substring(0, key.indexOf(':') + 1) + OLD_FORM + name(key);
            dependent.putObject(old).putObject("properties").put(key, false);
            if (key.startsWith(OWN)) {
                dependent
                        .putObject(name(key))
                        .putObject("properties")
                        .put(key, false)
                        .put(old, false);
            }
        }
    }

    /** What keys exclude in each other, in their usual spelling. */
    private static void rules(ArrayNode all) {
        all.add(JSON.readTree("""
                {"if": {"properties": {"streamset:passwords": {"minProperties": 1}}, "required": ["streamset:passwords"]},
                 "then": {"properties": {"streamset:secretName": {"enum": ["", null]}}}}"""));
        all.add(JSON.readTree("""
                {"if": {"properties": {"streamset:createNamespace": {"enum": [false, "false"]}},
                  "required": ["streamset:createNamespace"]},
                 "else": {"properties": {"streamset:namespace": {"not":
                  {"type": "string", "pattern": "^(default|(kube|openshift)(-.*)?)$"}}}}}"""));
    }
}
