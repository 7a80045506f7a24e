package streamset.review;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How gopkg.in/yaml.v3 resolves a single value of YAML (resolve.go): {@code yes} and {@code on} are texts as in YAML 1.2, while
 * {@code 010} is eight and {@code 1_000} a thousand as in YAML 1.1.
 */
final class EngineScalar {
    /** The tag of values without one, so that they can be distinguished from tagged values. */
    static final Tag UNTAGGED = new Tag("streamset:untagged");

    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();
    private static final String LONG_PREFIX = "tag:yaml.org,2002:";
    private static final Set<String> BOOLEANS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern FRACTION = Pattern.compile("\\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Map<Integer, Integer> RADIX_OF_GROUP = Map.of(2, 16, 3, 2, 4, 8, 5, 10);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE); // unsigned

    private static final int BASE64_GROUP = 4; // characters

    private EngineScalar() {}

    static boolean isUntagged(ScalarNode scalar) {
        return scalar.getTag().equals(UNTAGGED);
    }

    /** Whether the engine accepts it as the name of a field: a text without a tag. */
    static boolean isName(ScalarNode scalar) {
        return tag(scalar).equals("!!str")
                || isUntagged(scalar)
                        && of(scalar).isString()
                        && !(scalar.isPlain()
                                && EngineTime.text(scalar.getValue()).isPresent());
    }

    /** Whether it is empty, or a word for null. */
    static boolean isNothing(ScalarNode scalar) {
        return isUntagged(scalar) && scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    /** The tag as it is commonly written: {@code !!int}. */
    static String tag(ScalarNode scalar) {
        var tag = scalar.getTag().getValue();
        return tag.startsWith(LONG_PREFIX) ? "!!" + tag.substring(LONG_PREFIX.length()) : tag;
    }

    /**
     * @return a text, a number, a boolean or null
     * @throws IllegalArgumentException when the value does not fit its tag, or JSON has no such value; the message does not
     *     quote the value, because it may be a secret
     */
    static JsonNode of(ScalarNode scalar) {
        var text = scalar.getValue();
        if (isUntagged(scalar)) {
            return scalar.isPlain() ? resolved(text, true) : JSON.stringNode(text);
        }
        return switch (tag(scalar)) {
            case "!!int" -> checked(resolved(text, false), JsonNode::isIntegralNumber);
            case "!!float" -> checked(resolved(text, false), JsonNode::isNumber);
            case "!!bool" -> checked(resolved(text, false), JsonNode::isBoolean);
            case "!!null" -> checked(resolved(text, false), JsonNode::isNull);
            case "!!timestamp" ->
                Optional.of(text)
                        .flatMap(EngineTime::text)
                        .<JsonNode>map(JSON::stringNode)
                        .orElseThrow(EngineScalar::notWhatItSays);
            case "!!binary" -> JSON.stringNode(decoded(text));
            default -> JSON.stringNode(text);
        };
    }

    private static JsonNode checked(JsonNode value, Predicate<JsonNode> expected) {
        if (!expected.test(value)) {
            throw notWhatItSays();
        }
        return value;
    }

    private static IllegalArgumentException notWhatItSays() {
        return new IllegalArgumentException("the value does not fit its tag");
    }

    private static JsonNode resolved(String text, boolean maybeTime) {
        if (NULLS.contains(text)) {
            return JSON.nullNode();
        }
        if (BOOLEANS.contains(text)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (NO_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("infinity and NaN cannot be passed to the program");
        }
        if (text.startsWith(".")) {
            return FRACTION.matcher(text).matches() ? real(text.replace("_", ""), text) : JSON.stringNode(text);
        }
        if (!text.matches("[-+0-9].*")) {
            return JSON.stringNode(text);
        }
        var time = maybeTime ? EngineTime.text(text) : Optional.<String>empty();
        return time.<JsonNode>map(JSON::stringNode).orElseGet(() -> number(text));
    }

    private static JsonNode number(String text) {
        var plain = text.replace("_", "");
        var integer = INTEGER.matcher(plain);
        if (integer.matches()) {
            for (var group : RADIX_OF_GROUP.entrySet()) {
                var digits = integer.group(group.getKey());
                if (digits != null) {
                    var value = new BigInteger(digits, group.getValue());
                    value = integer.group(1).equals("-") ? value.negate() : value;
                    // Go accepts a sign only for signed numbers
                    boolean signed = !integer.group(1).isEmpty();
                    var most = signed ? BigInteger.valueOf(Long.MAX_VALUE) : MOST;
                    if (value.compareTo(LEAST) >= 0 && value.compareTo(most) <= 0) {
                        return JSON.numberNode(value);
                    }
                }
            }
        }
        return FLOAT.matcher(plain).matches() ? real(plain, text) : JSON.stringNode(text);
    }

    private static JsonNode real(String number, String written) {
        double value = Double.parseDouble(number);
        return Double.isInfinite(value)
                ? JSON.stringNode(written)
                : JSON.numberNode(new BigDecimal(EngineNumber.text(value)));
    }

    private static String decoded(String base64) {
        try {
            var digits = base64.replaceAll("[\r\n]", "");
            if (digits.length() % BASE64_GROUP != 0) {
                throw notWhatItSays(); // Java would accept missing padding
            }
            var bytes = Base64.getDecoder().decode(digits);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the bytes are not a text in UTF-8", e);
        }
    }
}
