package streamset.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stands in clear text in a value of which something else is encrypted. */
public final class ClearParts {
    private static final String SECURE = "secure";

    private ClearParts() {}

    /** Whether a value is a secret as the Pulumi CLI writes it: an object whose only field is {@code secure}, a text. */
    public static boolean isEncrypted(JsonNode value) {
        return value.isObject() && value.size() == 1 && value.path(SECURE).isString();
    }

    /**
     * The parts of a value that are not encrypted.
     *
     * @param path of the value
     * @return their paths: names of fields after a dot, places in a list in brackets
     */
    public static Set<String> of(String path, JsonNode value) {
        var parts = new TreeSet<String>();
        if (value.isObject() && !isEncrypted(value)) {
            value.properties().forEach(field -> parts.addAll(of(path + "." + field.getKey(), field.getValue())));
        } else if (value.isArray()) {
            for (int place = 0; place < value.size(); place++) {
                parts.addAll(of(path + "[" + place + "]", value.get(place)));
            }
        } else if (!isEncrypted(value)) {
            parts.add(path);
        }
        return parts;
    }

    /** Those of some keys in a stack's file; none when it cannot be read, which the engine says better. */
    static Set<String> in(Path stackFile, Set<String> keys) {
        var parts = new TreeSet<String>();
        config(stackFile).properties().forEach(entry -> {
            var name = entry.getKey().replaceFirst(":config:", ":"); // as older CLIs wrote it
            var key = name.contains(":") ? name : StackConfig.NAMESPACE + ":" + name;
            if (keys.contains(key)) {
                parts.addAll(of(key, entry.getValue()));
            }
        });
        return parts;
    }

    private static JsonNode config(Path stackFile) {
        var json = JsonMapper.shared();
        try {
            var load = new Load(LoadSettings.builder().setLabel("").build());
            return Files.exists(stackFile)
                    ? json.<JsonNode>valueToTree(load.loadFromString(Files.readString(stackFile)))
                            .path("config")
                    : json.missingNode();
        } catch (IOException | YamlEngineException e) {
            return json.missingNode();
        }
    }
}
