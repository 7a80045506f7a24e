package streamset.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** All that is declared of the keys of the configuration: in Pulumi.yaml, and what the engine does not know in keys.yaml. */
final class ConfigKeys {
    private static final YAMLMapper YAML = new YAMLMapper();

    private ConfigKeys() {}

    /**
     * @param project the text of Pulumi.yaml
     * @return what both say of each key, in the order of keys.yaml
     */
    static Map<String, JsonNode> of(String project) {
        var declared = YAML.readTree(project).path("config");
        var keys = new LinkedHashMap<String, JsonNode>();
        kinds().properties().forEach(kind -> {
            var all = ((ObjectNode) kind.getValue()).deepCopy();
            declared.path(kind.getKey()).properties().forEach(field -> all.set(field.getKey(), field.getValue()));
            keys.put(kind.getKey(), all);
        });
        return keys;
    }

    private static JsonNode kinds() {
        try (InputStream file = ConfigKeys.class.getResourceAsStream("/streamset/schema/keys.yaml")) {
            return YAML.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
