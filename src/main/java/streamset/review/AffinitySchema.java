package streamset.review;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of labels and of what selects by them, as Kubernetes defines them. */
final class AffinitySchema {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DNS_NAME =
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*";
    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String KEY_PATTERN = "^(?=[^/]{0,253}/|[^/]*$)(" + DNS_NAME + "/)?" + NAME + "$";
    private static final String KEY = single(KEY_PATTERN);
    private static final String VALUE = """
            {"anyOf": [{"type": ["null", "boolean"]}, {"type": "number", "minimum": 0},
              {"type": "string", "pattern": "^(%s)?$"}]}""".formatted(NAME);
    private static final String NODE_RULES = rules("In|NotIn|Exists|DoesNotExist|Gt|Lt");
    private static final String RULES = rules("In|NotIn|Exists|DoesNotExist");
    private static final String LABELS = """
            {"type": "object", "propertyNames": {"pattern": "%s"}, "additionalProperties": %s}""".formatted(KEY_PATTERN, VALUE);
    private static final String NODE_TERM = object(
            "\"matchExpressions\": {\"allOf\": [%s, {\"minItems\": 1}]}".formatted(NODE_RULES), "matchExpressions");
    private static final String SELECTOR =
            object("\"matchLabels\": %s, \"matchExpressions\": %s".formatted(orNull(LABELS), orNull(RULES)));
    private static final String POD_TERM = object(
            """
            "topologyKey": %s, "labelSelector": %s, "namespaceSelector": %s, "namespaces": %s""".formatted(
                    KEY, SELECTOR, orNull(SELECTOR), orNull(list(single("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")))),
            "topologyKey",
            "labelSelector");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String RANGE = """
            {"type": "string", "pattern": "^(%s(\\\\.%s){3}/(3[0-2]|[12]?[0-9])|[0-9a-fA-F:]*:[0-9a-fA-F:]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$"}""".formatted(OCTET, OCTET);
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinitySchema() {}

    /** Labels with their values. */
    static ObjectNode labels() {
        return (ObjectNode) JSON.readTree(LABELS);
    }

    /** The affinity of a pod. */
    static ObjectNode affinity() {
        var terms = object(
                "\"nodeSelectorTerms\": {\"allOf\": [%s, {\"minItems\": 1}]}".formatted(list(NODE_TERM)),
                "nodeSelectorTerms");
        var nodes = wishes(orNull(terms), preferred("preference", NODE_TERM));
        var pods = wishes(orNull(list(POD_TERM)), preferred("podAffinityTerm", POD_TERM));
        return (ObjectNode) JSON.readTree(object("\"nodeAffinity\": %s, \"podAffinity\": %s, \"podAntiAffinity\": %s"
                .formatted(orNull(nodes), orNull(pods), orNull(pods))));
    }

    /** Who reaches pods: other pods by their labels, or a block of addresses. */
    static ObjectNode peer() {
        var block = object("\"cidr\": %s, \"except\": %s".formatted(RANGE, orNull(list(RANGE))), "cidr");
        var any = object("\"podSelector\": %s, \"namespaceSelector\": %s, \"ipBlock\": %s"
                .formatted(orNull(SELECTOR), orNull(SELECTOR), orNull(block)));
        return (ObjectNode) JSON.readTree("{\"allOf\": [%s, {\"anyOf\": [%s, %s, %s]}]}"
                .formatted(
                        any,
                        with("podSelector", "ipBlock"),
                        with("namespaceSelector", "ipBlock"),
                        with("ipBlock", "podSelector", "namespaceSelector")));
    }

    /** An object with this field, and without the others. */
    private static String with(String field, String... without) {
        var properties = Stream.of(without).map(name -> ", \"" + name + "\": {\"type\": \"null\"}");
        return "{\"required\": [\"" + field + "\"], \"properties\": {\"" + field + "\": {\"not\": {\"type\": \"null\"}}"
                + properties.collect(Collectors.joining()) + "}}";
    }

    private static String wishes(String required, String preferred) {
        return object("\"" + REQUIRED + "\": " + required + ", \"" + PREFERRED + "\": " + preferred);
    }

    private static String preferred(String name, String term) {
        return orNull(list(object(
                "\"weight\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 100},"
                        + " {\"type\": \"string\", \"pattern\": \"^0{0,6}([1-9][0-9]?|100)$\"}]}, \"" + name + "\": "
                        + term,
                "weight",
                name)));
    }

    private static String rules(String operators) {
        return list(object(
                "\"key\": %s, \"operator\": {\"type\": \"string\", \"pattern\": \"^(%s)$\"}, \"values\": %s"
                        .formatted(KEY, operators, orNull(list("{\"not\": {\"type\": [\"array\", \"object\"]}}"))),
                "key",
                "operator"));
    }

    private static String single(String pattern) {
        return """
            {"anyOf": [{"type": "boolean"}, {"type": "number", "minimum": 0}, {"type": "string", "pattern": "%s"}]}""".formatted(pattern);
    }

    private static String list(String items) {
        return "{\"type\": \"array\", \"items\": " + items + "}";
    }

    private static String orNull(String schema) {
        return "{\"anyOf\": [" + schema + ", {\"type\": \"null\"}]}";
    }

    private static String object(String properties, String... required) {
        var demand = required.length == 0 ? "" : ", \"required\": [\"" + String.join("\", \"", required) + "\"]";
        return "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {" + properties + "}" + demand
                + "}";
    }
}
