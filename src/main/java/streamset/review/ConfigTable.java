package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes the table of configuration keys in README.md from Pulumi.yaml. */
public final class ConfigTable {
    private static final String BEGIN = "<!-- the configuration table: make docs -->\n";
    private static final String END = "<!-- end of the configuration table -->";

    private ConfigTable() {}

    /** Rewrites the table in the README.md of the current folder. */
    public static void main(String[] arguments) throws IOException {
        var readme = Path.of("README.md");
        Files.writeString(readme, inserted(Files.readString(readme), Files.readString(Path.of("Pulumi.yaml"))));
    }

    /**
     * @param readme the text with the two marks around the table
     * @param project the text of Pulumi.yaml
     */
    static String inserted(String readme, String project) {
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        return readme.substring(0, begin) + table(project) + readme.substring(readme.indexOf(END));
    }

    private static String table(String project) {
        return new YAMLMapper()
                .readTree(project).path("config").properties().stream()
                        .map(ConfigTable::row)
                        .collect(Collectors.joining("", "| key | type | default | meaning |\n|---|---|---|---|\n", ""));
    }

    private static String row(Map.Entry<String, JsonNode> key) {
        var declared = key.getValue();
        return "| `" + key.getKey() + "` | " + declared.get("type").asString() + " | "
                + fallback(declared.get("default")) + " | "
                + declared.get("description").asString().replace("<", "&lt;") + " |\n";
    }

    private static String fallback(JsonNode value) {
        if (value.isEmpty() && value.isContainer()
                || value.isString() && value.asString().isEmpty()) {
            return "none";
        }
        return "`" + (value.isContainer() ? JsonMapper.shared().writeValueAsString(value) : value.asString()) + "`";
    }
}
