package streamset.review;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a single value of a stack file can be, as a JSON Schema: as a number or a word of YAML, or as a text that says it. */
final class ValueSchema {
    private static final JsonNodeFactory NODES = JsonMapper.shared().getNodeFactory();
    private static final int MOST_DIGITS = 9; // of a whole number: more is none to the program
    private static final int LARGEST_SEGMENT_MEGABYTES = 1024; // initdb's limit
    private static final String CPU = "\\s*(?=[0-9.]*[1-9])([0-9]{1,9}(\\.[0-9]{1,3})?|[0-9]{1,9}(\\.0{1,3})?m)\\s*";
    private static final String BYTES = "\\s*(?=[0-9.]*[1-9])([0-9]{1,18}(\\.0{1,9})?"
            + "|[0-9]{1,18}(\\.[0-9]{1,9})?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P))\\s*";
    private static final String MOST_BYTES = "9".repeat(18);

    private ValueSchema() {}

    /**
     * @param kind as keys.yaml has it
     * @param orEmpty whether an empty value counts as none
     */
    static ObjectNode of(JsonNode kind, boolean orEmpty) {
        var schema = NODES.objectNode();
        var any = schema.putArray("anyOf");
        alternatives(kind, orEmpty).forEach(any::add);
        return any.size() == 1 ? (ObjectNode) any.get(0) : schema;
    }

    private static Stream<ObjectNode> alternatives(JsonNode kind, boolean orEmpty) {
        if (kind.has("secret")) {
            return Stream.of(secret());
        }
        var own = single(kind, orEmpty && !kind.has("given"));
        var nothing = orEmpty && !kind.has("given") ? Stream.of(type("null")) : Stream.<ObjectNode>empty();
        var encrypted = kind.has("secure") || kind.has("given") ? Stream.of(secret()) : Stream.<ObjectNode>empty();
        var contents = kind.has("contents") ? Stream.of(type("object")) : Stream.<ObjectNode>empty();
        return Stream.of(own, nothing, encrypted, contents).flatMap(some -> some);
    }

    private static Stream<ObjectNode> single(JsonNode kind, boolean orEmpty) {
        if (kind.has("given")) {
            return Stream.of(type("number"), type("boolean"), type("string").put("minLength", 1));
        }
        if (kind.has("whole")) {
            return whole(kind, orEmpty);
        }
        if (kind.has("flag")) {
            return Stream.of(type("boolean"), text("true|false", orEmpty));
        }
        if (kind.has("amounts")) {
            return Stream.of(text(amounts(kind), orEmpty));
        }
        if (kind.has("choice")) {
            return Stream.of(text(words(kind.get("choice").valueStream().map(JsonNode::asString)), orEmpty));
        }
        if (kind.has("powers")) {
            return Stream.of(text(powers(), orEmpty));
        }
        if (kind.has("cpu")) {
            var number = type("number").put("exclusiveMinimum", 0).put("maximum", 999_999_999);
            return Stream.of(number.put("multipleOf", 0.001), text(CPU, orEmpty));
        }
        if (kind.has("bytes")) {
            var number = type("integer").put("minimum", 1).put("maximum", Long.parseLong(MOST_BYTES));
            return Stream.of(number, text(BYTES, orEmpty));
        }
        return text(kind, orEmpty);
    }

    private static Stream<ObjectNode> whole(JsonNode kind, boolean orEmpty) {
        long least = kind.get("whole").get(0).asLong();
        long most = kind.get("whole").get(1).asLong();
        boolean odd = kind.has("odd");
        var number = type("integer").put("minimum", least).put("maximum", most);
        if (odd) {
            number.set("not", NODES.objectNode().put("multipleOf", 2));
        }
        var digits = "(?=[0-9]{1," + digits(kind) + "}(?![0-9]))" + (odd ? "(?=[0-9]*[13579](?![0-9]))" : "") + "0*";
        return Stream.of(number, text(digits + DigitRange.pattern(least, most) + behind(kind), orEmpty));
    }

    private static String amounts(JsonNode kind) {
        var each = kind.get("amounts").properties().stream()
                .map(unit -> DigitRange.pattern(
                                unit.getValue().get(0).asLong(),
                                unit.getValue().get(1).asLong())
                        + "\\s*" + unit.getKey());
        return "\\s*(?=[0-9]{1," + digits(kind) + "}(?![0-9]))0*" + words(each) + behind(kind) + "\\s*";
    }

    /** The sizes that initdb takes, in each unit in which they are whole numbers. */
    private static String powers() {
        var megabytes = LongStream.iterate(1, size -> size <= LARGEST_SEGMENT_MEGABYTES, size -> size * 2)
                .boxed()
                .toList();
        var units = List.of("MB", "kB", "B");
        var each = IntStream.range(0, units.size())
                .mapToObj(unit -> words(megabytes.stream().map(size -> Long.toString(size << 10 * unit))) + "\\s*"
                        + units.get(unit));
        return "\\s*(?=[0-9]{1,12}(?![0-9]))0*" + words(Stream.concat(each, Stream.of("1\\s*GB"))) + "\\s*";
    }

    private static int digits(JsonNode kind) {
        return kind.path("digits").asInt(MOST_DIGITS);
    }

    private static String behind(JsonNode kind) {
        return kind.path("behind").asString("");
    }

    private static Stream<ObjectNode> text(JsonNode kind, boolean orEmpty) {
        var pattern = kind.get("text").asString();
        var text = text(pattern, orEmpty);
        if (kind.has("most")) {
            text.put("maxLength", kind.get("most").asInt());
        }
        var number = switch (kind.path("numbers").asString("none")) {
            case "any" -> Stream.of(type("number").put("minimum", 0));
            case "whole" -> Stream.of(type("integer").put("minimum", 0));
            default -> Stream.<ObjectNode>empty();
        };
        // to the program a flag of YAML is the text that says it
        return Stream.of(number, flag(pattern), Stream.of(text)).flatMap(some -> some);
    }

    private static Stream<ObjectNode> flag(String pattern) {
        var taken = Stream.of(true, false)
                .filter(flag -> Boolean.toString(flag).matches(pattern))
                .toList();
        return taken.size() == 2
                ? Stream.of(type("boolean"))
                : taken.stream().map(flag -> NODES.objectNode().put("const", flag));
    }

    private static ObjectNode text(String pattern, boolean orEmpty) {
        return type("string").put("pattern", "^(" + pattern + ")" + (orEmpty ? "?" : "") + "$");
    }

    private static String words(Stream<String> each) {
        return each.collect(Collectors.joining("|", "(", ")"));
    }

    static ObjectNode type(String name) {
        return NODES.objectNode().put("type", name);
    }

    /** An encrypted value, as the Pulumi CLI writes it. */
    static ObjectNode secret() {
        var secret = type("object").put("additionalProperties", false);
        secret.putObject("properties").set("secure", type("string"));
        secret.putArray("required").add("secure");
        return secret;
    }
}
