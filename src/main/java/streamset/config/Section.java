package streamset.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import streamset.problems.Problems;

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

    private final JsonFields fields;
    private final FieldProblems problems;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, Section> objects = new TreeMap<>(); // those that were read
    private final Map<String, List<Section>> lists = new TreeMap<>(); // of objects, those that were read

    private Section(JsonFields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    /** The keys of one namespace, such as {@code streamset}. */
    public static Section of(String namespace, RawConfig raw, Problems problems) {
        return new Section(JsonFields.of(namespace + ":", raw, problems));
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
        var written =
                fields.get(key).filter(one -> !(one.isString() && one.asString().isEmpty()));
        if (written.isEmpty()) {
            return fallback;
        }
        var node = written.get();
        if (node.isContainer()) {
            problem(
                    key,
                    node.toString(),
                    "must be a single value, not " + JsonText.kind(node),
                    setCommand(key, example));
            return fallback;
        }
        try {
            return parser.apply(node.asString());
        } catch (IllegalArgumentException e) {
            var better =
                    meant.apply(node.asString()).filter(text -> !isSecret(key) && LikelyValue.isRead(text, parser));
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

    /** The raw value of a key; empty when it is not a single value. */
    String text(String key) {
        return fields.get(key)
                .filter(node -> !node.isContainer())
                .map(node -> node.asString(""))
                .orElse("");
    }

    /** An object; an empty one when the key is not set. Each call returns the same one. */
    public Section object(String key) {
        return objects.computeIfAbsent(key, name -> object(name, isSecret(name)));
    }

    /** Reads an object that is never shown, not even when it is stored in clear text. */
    Section secretObject(String key) {
        return objects.computeIfAbsent(key, name -> object(name, true));
    }

    private Section object(String key, boolean hidden) {
        known.add(key);
        return new Section(new JsonFields(fields.object(key, hidden), problems.insideNamed(key, hidden)));
    }

    /** Reads a list of single values; an empty one when the key is not set. */
    public List<String> list(String key) {
        known.add(key);
        return fields.list(key);
    }

    /** Reads a list of objects; an empty one when the key is not set. Each call returns the same ones. */
    public List<Section> objects(String key) {
        known.add(key);
        return lists.computeIfAbsent(key, name -> {
            var found = fields.objects(name);
            return IntStream.range(0, found.size())
                    .mapToObj(index -> new Section(new JsonFields(
                            found.get(index), problems.inside(name + "[" + index + "]", isSecret(name)))))
                    .toList();
        });
    }

    /** An object in which fields of inner objects are named {@code object.field}: the intention of a path with two steps. */
    Section flattened(String key) {
        return objects.computeIfAbsent(
                key, name -> new Section(object(name, isSecret(name)).fields.flattened()));
    }

    /** The names of the fields that are set. */
    public Set<String> names() {
        return fields.nodes().keySet();
    }

    /** Whether a field is set. */
    public boolean has(String key) {
        return fields.get(key).isPresent();
    }

    /** Whether the value of a field is kept encrypted. */
    boolean isSecret(String key) {
        return problems.isSecret(key);
    }

    /** Whether something in the value of a field is not kept encrypted. */
    boolean hasClearText(String key) {
        return problems.hasClearText(key);
    }

    /** Adds a problem with a field of this section. */
    public void problem(String key, String value, String reason, String fix) {
        problems.add(key, value, reason, fix);
    }

    /** Adds a warning of a field of this section. */
    public void warn(String key, String value, String reason, String fix) {
        problems.warn(key, value, reason, fix);
    }

    /** Whether there was a problem with the value of a field, so that it need not be reported as missing. */
    public boolean isFaulty(String key) {
        return problems.isFaulty(key);
    }

    /** The command that sets a field of this section. */
    public String setCommand(String key, String value) {
        return problems.command(key).set(value);
    }

    /** The command that sets an element of a list of this section. */
    public String setCommand(String key, int index, String value) {
        return problems.command(key).setElement(index, value);
    }

    /**
     * The command that sets a field of an object in this section that need not exist yet.
     *
     * @param path of the object, such as {@code list[0]}
     */
    public String setInner(String path, String key, String value) {
        return problems.inside(path, isSecret(path)).command(key).set(value);
    }

    /** The command that removes a field of this section. */
    public String removeCommand(String key) {
        return problems.command(key).remove();
    }

    /**
     * Call after the last read: every field that was not read, here and in the objects, is a problem, with the nearest
     * existing name.
     */
    public void rejectUnknown() {
        objects.values().forEach(Section::rejectUnknown);
        lists.values().forEach(list -> list.forEach(Section::rejectUnknown));
        names().stream()
                .filter(key -> !known.contains(key))
                .forEach(key ->
                        problems.addUnknown(key, JsonText.shown(fields.nodes().get(key)), known));
    }
}
