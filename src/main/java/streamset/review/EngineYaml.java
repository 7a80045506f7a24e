package streamset.review;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * YAML as the Pulumi engine reads it, with gopkg.in/yaml.v3: neither YAML 1.1 nor 1.2. Aliases and merge keys are resolved;
 * duplicate names, and aliases that make a small file huge, are refused.
 */
final class EngineYaml {
    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();
    static final String MERGE = "<<";

    private final FileProblems problems;
    private final Aliases aliases;
    private final Duplicates duplicates;

    EngineYaml(FileProblems problems) {
        this.problems = problems;
        this.aliases = new Aliases(problems);
        this.duplicates = new Duplicates(problems);
    }

    /**
     * A field of a mapping.
     *
     * @param line of its name, counted from 1
     * @param key its name, which need not be a text
     * @param isNamedByText whether the engine accepts the name
     */
    record Field(int line, JsonNode key, boolean isNamedByText, Node value) {
        String name() {
            return key.isNull() ? "" : key.asString();
        }
    }

    /** The fields of a mapping, including merged ones, by name. */
    Map<String, Field> fields(MappingNode mapping) {
        var fields = new LinkedHashMap<String, Field>();
        duplicates.refuseIn(mapping);
        for (var tuple : mapping.getValue()) {
            if (!isMerge(tuple.getKeyNode())) {
                field(tuple).ifPresent(field -> fields.put(field.name(), field));
            }
        }
        for (var tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merged(tuple).forEach(fields::putIfAbsent);
            }
        }
        return fields;
    }

    private Optional<Field> field(NodeTuple tuple) {
        int line = FileProblems.line(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(line, "(a list or an object)", "is not a name of a field", "write a text instead");
            return Optional.empty();
        }
        if (key.getValue().equals(MERGE)) {
            problems.add(
                    line,
                    MERGE,
                    "is a merge key for the engine, although it is written as a text",
                    "write it without quotation marks and tag, or use another name");
            return Optional.empty();
        }
        var name = scalar(key);
        return Optional.of(new Field(line, name, name.isString() && EngineScalar.isName(key), tuple.getValueNode()));
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getValue().equals(MERGE)
                && scalar.isPlain()
                && (EngineScalar.isUntagged(scalar) || EngineScalar.tag(scalar).equals("!!merge"));
    }

    /** The fields that a merge key adds: from one object, or from several, of which the first with a field counts. */
    private Map<String, Field> merged(NodeTuple merge) {
        var value = merge.getValueNode();
        if (value instanceof SequenceNode list && !isAlias(merge)) {
            var all = new LinkedHashMap<String, Field>();
            list.getValue().forEach(one -> merged(one).forEach(all::putIfAbsent));
            return all;
        }
        return merged(value);
    }

    private Map<String, Field> merged(Node value) {
        return value instanceof MappingNode mapping
                ? aliases.inside(mapping, () -> fields(mapping), Map.of())
                : refuseMerge(value);
    }

    /** The composer replaces an alias with the value itself, so the value's position is before that of its name. */
    private static boolean isAlias(NodeTuple tuple) {
        return index(tuple.getValueNode()) < index(tuple.getKeyNode());
    }

    private static int index(Node node) {
        return node.getStartMark().orElseThrow().getIndex();
    }

    private Map<String, Field> refuseMerge(Node value) {
        problems.add(
                FileProblems.line(value),
                MERGE,
                "must merge an object or a list of objects",
                "write the alias of an object");
        return Map.of();
    }

    /** A value with everything in it. Secrets stay objects with the only field {@code secure}. */
    JsonNode json(Node value) {
        if (value instanceof ScalarNode scalar) {
            aliases.count();
            return scalar(scalar);
        }
        return value instanceof MappingNode mapping
                ? aliases.inside(mapping, () -> object(mapping), JSON.objectNode())
                : aliases.inside(value, () -> list((SequenceNode) value), JSON.arrayNode());
    }

    private JsonNode object(MappingNode mapping) {
        var object = JSON.objectNode();
        fields(mapping).values().forEach(field -> object.set(name(field), part(field.value())));
        return object;
    }

    private JsonNode part(Node value) {
        return EngineNumber.inObject(json(value));
    }

    private String name(Field field) {
        if (!field.isNamedByText()
                && !field.key().isIntegralNumber()
                && !field.key().isBoolean()) {
            problems.add(
                    field.line(),
                    field.name().isEmpty() ? "(nothing)" : field.name(),
                    "is not a text, so it is not a name of a field",
                    "put it in quotation marks");
        }
        return field.name();
    }

    private JsonNode list(SequenceNode sequence) {
        var list = JSON.arrayNode();
        sequence.getValue().forEach(element -> list.add(part(element)));
        return list;
    }

    private JsonNode scalar(ScalarNode scalar) {
        try {
            return EngineScalar.of(scalar);
        } catch (IllegalArgumentException e) {
            problems.add(
                    FileProblems.line(scalar),
                    EngineScalar.tag(scalar),
                    e.getMessage(),
                    "write the value without a tag");
            return JSON.nullNode();
        }
    }
}
