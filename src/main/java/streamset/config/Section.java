package streamset.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import streamset.problems.ConfigCommand;
import streamset.problems.NearestName;
import streamset.problems.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Part of the configuration while it is being read: all of it, or the object of one key. Unknown keys, values that cannot be
 * read and wrong types become problems; reading continues with the default.
 */
public final class Section {
    /** The shown value of a key that is missing. */
    public static final String NOT_SET = "(not set)";

    /** The shown value of a key that must be encrypted and is not. */
    static final String CLEAR_TEXT = "[clear text]";

    /** Begins a guess, in contrast to an example. */
    public static final String DID_YOU_MEAN = "did you mean ";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String path;
    private final Map<String, JsonNode> fields;
    private final Predicate<String> secret;
    private final Set<String> clearParts;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> faulty = new TreeSet<>();
    private final Map<String, Section> objects = new TreeMap<>(); // those that were read

    private Section(
            String path,
            Map<String, JsonNode> fields,
            Predicate<String> secret,
            Set<String> clearParts,
            Problems problems) {
        this.path = path;
        this.fields = fields;
        this.secret = secret;
        this.clearParts = clearParts;
        this.problems = problems;
    }

    /** The keys of one namespace, such as {@code streamset}. */
    public static Section of(String namespace, RawConfig raw, Problems problems) {
        var prefix = namespace + ":";
        var fields = new TreeMap<String, JsonNode>();
        raw.values().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                fields.put(key.substring(prefix.length()), JSON.getNodeFactory().stringNode(value));
            }
        });
        return new Section(prefix, fields, key -> raw.secretKeys().contains(prefix + key), raw.clearParts(), problems);
    }

    /**
     * Reads a single value.
     *
     * @param parser returns the value or throws IllegalArgumentException with the reason why it cannot
     * @param fallback the value when the key is not set (an empty text counts as not set)
     * @param example a valid value, for the remedy
     */
    public <T> T value(String key, Function<String, T> parser, T fallback, String example) {
        return value(key, parser, fallback, example, text -> Optional.empty());
    }

    /**
     * The same with a better remedy.
     *
     * @param meant what the author of a value that cannot be read has probably meant; the remedy, if it can be read
     */
    public <T> T value(
            String key,
            Function<String, T> parser,
            T fallback,
            String example,
            Function<String, Optional<String>> meant) {
        known.add(key);
        var node = fields.get(key);
        if (node == null || node.isNull() || node.isString() && node.asString().isEmpty()) {
            return fallback;
        }
        if (node.isContainer()) {
            problem(key, node.toString(), "must be a single value, not " + kind(node), setCommand(key, example));
            return fallback;
        }
        try {
            return parser.apply(node.asString());
        } catch (IllegalArgumentException e) {
            var better = meant.apply(node.asString()).filter(text -> !isSecret(key) && isRead(text, parser));
            problem(
                    key,
                    node.asString(),
                    e.getMessage()
                            + better.map(text -> "; " + DID_YOU_MEAN + text + "?")
                                    .orElse(""),
                    setCommand(key, better.orElse(example)));
            return fallback;
        }
    }

    private static boolean isRead(String text, Function<String, ?> parser) {
        try {
            parser.apply(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The raw value of a key; empty when it is not a single value. */
    String text(String key) {
        var node = fields.get(key);
        return node == null || node.isContainer() ? "" : node.asString("");
    }

    /** An object; an empty one when the key is not set. Each call returns the same one. */
    public Section object(String key) {
        return objects.computeIfAbsent(key, name -> object(name, secret));
    }

    /** Reads an object that is never shown, not even when it is stored in clear text. */
    Section secretObject(String key) {
        return objects.computeIfAbsent(key, name -> object(name, any -> true));
    }

    private Section object(String key, Predicate<String> hidden) {
        known.add(key);
        var fieldPath = path + key;
        var node = fields.get(key);
        var members = new TreeMap<String, JsonNode>();
        if (node != null && node.isString()) {
            node = parseJson(key, node.asString(), hidden.test(key));
        }
        if (node != null && node.isObject()) {
            node.properties().forEach(e -> members.put(e.getKey(), e.getValue()));
        } else if (node != null && !node.isNull()) {
            problem(
                    key,
                    node.toString(),
                    hidden.test(key),
                    "must be an object with named fields, not " + kind(node),
                    new ConfigCommand(path, key, hidden.test(key)).reset());
        }
        return new Section(fieldPath + ".", members, field -> hidden.test(key), clearParts, problems);
    }

    private JsonNode parseJson(String key, String text, boolean hidden) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            // not the parser's own words, which quote the text that it could not read: that may be a password
            var flaw = e.getOriginalMessage().startsWith("Duplicate") ? "a field occurs twice" : "this is not JSON";
            problem(
                    key,
                    text,
                    hidden,
                    "must be an object with named fields; " + flaw,
                    new ConfigCommand(path, key, hidden).reset());
            return null;
        }
    }

    /** Reads a list of single values; an empty one when the key is not set. */
    List<String> list(String key) {
        known.add(key);
        var node = fields.get(key);
        if (node != null && node.isString()) {
            node = listFrom(node.asString());
        }
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.valueStream().anyMatch(JsonNode::isContainer)) {
            problem(
                    key,
                    shown(node),
                    "must be a list of single values, not " + kind(node),
                    new ConfigCommand(path, key, isSecret(key)).resetList());
            return List.of();
        }
        return node.valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode listFrom(String text) {
        try {
            return text.isBlank() ? null : JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.getNodeFactory().stringNode(text); // which is not a list
        }
    }

    /** An object in which fields of inner objects are named {@code object.field}: the intention of a path with two steps. */
    Section flattened(String key) {
        return objects.computeIfAbsent(key, name -> object(name, secret).flattened());
    }

    private Section flattened() {
        var flat = new TreeMap<String, JsonNode>();
        fields.forEach((name, node) -> {
            if (node.isObject()) {
                node.properties().forEach(member -> flat.put(name + "." + member.getKey(), member.getValue()));
            } else {
                flat.put(name, node);
            }
        });
        return new Section(path, flat, secret, clearParts, problems);
    }

    /** The names of the fields that are set. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** Whether the value of a field is kept encrypted. */
    boolean isSecret(String key) {
        return secret.test(key);
    }

    /** Whether something in the value of a field is not kept encrypted. */
    boolean hasClearText(String key) {
        return !isSecret(key) || clearParts.stream().anyMatch(part -> isIn(part, path + key));
    }

    private static boolean isIn(String part, String whole) {
        return part.startsWith(whole)
                && (part.length() == whole.length() || ".[".indexOf(part.charAt(whole.length())) >= 0);
    }

    /** Adds a problem with a field of this section. */
    public void problem(String key, String value, String reason, String fix) {
        problem(key, value, isSecret(key), reason, fix);
    }

    /** Adds a warning of a field of this section. */
    void warn(String key, String value, String reason, String fix) {
        problems.warn(path + key, isSecret(key) ? "[secret]" : value, reason, fix);
    }

    private void problem(String key, String value, boolean hidden, String reason, String fix) {
        faulty.add(key);
        problems.add(
                path + key,
                hidden && !value.equals(NOT_SET) && !value.equals(CLEAR_TEXT) ? "[secret]" : value,
                reason,
                fix);
    }

    /** Whether there was a problem with the value of a field, so that it need not be reported as missing. */
    public boolean isFaulty(String key) {
        return faulty.contains(key);
    }

    /** The command that sets a field of this section. */
    public String setCommand(String key, String value) {
        return new ConfigCommand(path, key, isSecret(key)).set(value);
    }

    /** The command that removes a field of this section. */
    public String removeCommand(String key) {
        return new ConfigCommand(path, key, isSecret(key)).remove();
    }

    /**
     * Call after the last read: every field that was not read, here and in the objects, is a problem, with the nearest
     * existing name.
     */
    public void rejectUnknown() {
        objects.values().forEach(Section::rejectUnknown);
        for (String key : fields.keySet()) {
            if (!known.contains(key)) {
                problem(key, shown(fields.get(key)), "no such key" + suggestion(key), removeCommand(key));
            }
        }
    }

    private String suggestion(String key) {
        return NearestName.to(key, known)
                .map(name -> ", " + DID_YOU_MEAN + path + name + "?")
                .orElse("; there are: " + String.join(", ", known));
    }

    private static String shown(JsonNode node) {
        return node.isString() ? node.asString() : node.toString();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            default -> "a text";
        };
    }
}
