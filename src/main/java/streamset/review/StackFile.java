package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import streamset.config.RawConfig;
import streamset.problems.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The configuration of a stack as the engine would hand it over, read without the engine: the defaults of Pulumi.yaml under
 * the values of Pulumi.&lt;stack&gt;.yaml, each key as a whole. Encrypted values stay unknown.
 */
final class StackFile {
    /** Stands for a value that is encrypted or not in the file at all. */
    static final String HIDDEN = "[secret]";

    private static final String PASSWORDS = "streamset:passwords";
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = JsonMapper.shared();

    private StackFile() {}

    /**
     * @param project the folder of Pulumi.yaml
     * @param file the stack's file
     */
    static RawConfig read(Path project, Path file, Problems problems) {
        var values = new TreeMap<String, String>();
        var secretKeys = new HashSet<String>();
        secretKeys.add(PASSWORDS); // encrypted or not: never printed
        parse(project.resolve("Pulumi.yaml"), problems)
                .path("config")
                .properties()
                .forEach(key -> {
                    var fallback = key.getValue().has("default")
                            ? key.getValue().get("default")
                            : key.getValue().get("value");
                    if (fallback != null) {
                        values.put(key.getKey(), text(fallback));
                    }
                });
        parse(file, problems).path("config").properties().forEach(key -> {
            if (key.getValue().toString().contains("\"secure\":")) {
                secretKeys.add(key.getKey());
            }
            values.put(key.getKey(), text(withoutCiphertext(key.getValue())));
        });
        return new RawConfig(withPasswords(values), secretKeys);
    }

    private static JsonNode parse(Path file, Problems problems) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (JacksonException e) {
            problems.add(
                    file.toString(),
                    "(not YAML)",
                    "cannot be read from line " + e.getLocation().getLineNr() + " on",
                    "mend the file");
        } catch (IOException e) {
            problems.add(
                    file.toString(), "(missing)", "there is no such stack", "pulumi stack init " + stackName(file));
        }
        return YAML.createObjectNode();
    }

    private static String stackName(Path file) {
        return file.getFileName().toString().replaceFirst("^Pulumi\\.(.*)\\.yaml$", "$1");
    }

    /** Values as the engine encodes them: objects and lists as JSON, all else as plain text. */
    private static String text(JsonNode value) {
        return value.isContainer() ? JSON.writeValueAsString(value) : value.asString();
    }

    private static JsonNode withoutCiphertext(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        if (value.has("secure")) {
            return YAML.getNodeFactory().stringNode(HIDDEN);
        }
        ObjectNode copy = YAML.createObjectNode();
        value.properties().forEach(field -> copy.set(field.getKey(), withoutCiphertext(field.getValue())));
        return copy;
    }

    /** A stack file in git has no password; the objects can be reviewed all the same. */
    private static Map<String, String> withPasswords(Map<String, String> values) {
        boolean given = !values.getOrDefault("streamset:secretName", "").isEmpty()
                || values.getOrDefault(PASSWORDS, "{}").length() > "{}".length();
        if (!given) {
            var hidden = JSON.createObjectNode().put("postgres", HIDDEN).put("replicator", HIDDEN);
            values.put(PASSWORDS, JSON.writeValueAsString(hidden));
        }
        return values;
    }
}
