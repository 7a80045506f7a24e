package streamset.review;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The table of configuration keys in README.md: from Pulumi.yaml, and for the fields of objects from keys.yaml. */
final class ConfigTable {
    private static final String BEGIN = "<!-- the configuration table: make docs -->\n";
    private static final String END = "<!-- end of the configuration table -->";

    private ConfigTable() {}

    /**
     * @param readme the text with the two marks around the table
     * @param project the text of Pulumi.yaml
     */
    static String inserted(String readme, String project) {
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        return readme.substring(0, begin) + table(project) + readme.substring(readme.indexOf(END));
    }

    private static String table(String project) {
        var fields = ConfigKeys.of(project);
        return new YAMLMapper()
                .readTree(project).path("config").properties().stream()
                        .map(key -> row(key) + fields(key.getKey(), fields.get(key.getKey())))
                        .collect(Collectors.joining("", "| key | type | default | meaning |\n|---|---|---|---|\n", ""));
    }

    private static String row(Map.Entry<String, JsonNode> key) {
        var declared = key.getValue();
        return "| `" + key.getKey() + "` | " + declared.get("type").asString() + " | "
                + fallback(declared.get("default")) + " | "
                + escaped(declared.get("description").asString()) + " |\n";
    }

    private static String escaped(String words) {
        return words.replace("<", "&lt;");
    }

    /** Rows for the fields of an object, with those of objects in it. */
    private static String fields(String path, JsonNode kind) {
        var rows = new StringBuilder();
        if (kind != null) {
            kind.path("object")
                    .properties()
                    .forEach(field -> rows.append(field(path + "." + field.getKey(), field.getValue())));
            if (kind.has("others")) {
                var others = kind.get("others");
                rows.append(field(path + "." + others.get("called").asString(), others));
            }
        }
        return rows.toString();
    }

    private static String field(String name, JsonNode kind) {
        return "| `" + name + "` | " + type(kind) + " | " + fallback(kind.path("default")) + " | "
                + escaped(ObjectSchema.words(kind)) + " |\n" + fields(name, kind);
    }

    private static String type(JsonNode kind) {
        if (kind.has("list")) {
            return "array";
        }
        boolean isObject = kind.has("object") || kind.has("labels") || kind.has("affinity");
        return isObject ? "object" : kind.has("whole") && !kind.has("behind") ? "integer" : "string";
    }

    private static String fallback(JsonNode value) {
        if (value.isMissingNode()
                || value.isEmpty() && value.isContainer()
                || value.isString() && value.asString().isEmpty()) {
            return "none";
        }
        return "`" + (value.isContainer() ? JsonMapper.shared().writeValueAsString(value) : value.asString()) + "`";
    }
}
