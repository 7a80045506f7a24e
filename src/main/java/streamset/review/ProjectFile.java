package streamset.review;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/**
 * What Pulumi.yaml says about the configuration of all stacks.
 *
 * @param name of the project: the namespace of keys that have none
 * @param keys the declarations by full key
 */
record ProjectFile(String name, Map<String, Declared> keys) {
    /**
     * A key of the configuration.
     *
     * @param fallback the value in stacks that do not set it
     * @param type the type that the engine requires
     */
    record Declared(Optional<JsonNode> fallback, Optional<KeyType> type) {
        /** A plain value is a default; an object can also contain a type. */
        static Declared of(JsonNode value) {
            if (!value.isObject()) {
                return new Declared(nonNull(value), Optional.empty());
            }
            var fallback = nonNull(value.path("default")).or(() -> nonNull(value.path("value")));
            return new Declared(fallback, KeyType.of(value));
        }

        private static Optional<JsonNode> nonNull(JsonNode value) {
            return Optional.of(value).filter(some -> !some.isMissingNode() && !some.isNull());
        }
    }

    /** @param folder that of Pulumi.yaml */
    static ProjectFile read(Path folder, Problems problems) {
        var file = folder.resolve("Pulumi.yaml");
        try {
            var yaml = new EngineYaml(new FileProblems(file, problems));
            return YamlFile.read(new FileProblems(file, problems))
                    .map(root -> of(root, yaml))
                    .orElseGet(ProjectFile::empty);
        } catch (IOException e) {
            problems.add(file.toString(), "(missing)", "there is no project", "run this in the folder of Pulumi.yaml");
        } catch (Aliases.TooMany e) {
            // already reported
        }
        return empty();
    }

    private static ProjectFile of(MappingNode root, EngineYaml yaml) {
        var fields = yaml.fields(root);
        var name = Optional.ofNullable(fields.get("name"))
                .map(field -> yaml.json(field.value()).asString())
                .orElse(StackConfig.NAMESPACE);
        var keys = new TreeMap<String, Declared>();
        if (fields.containsKey("config")) {
            yaml.json(fields.get("config").value()).properties().forEach(key -> {
                var full = key.getKey().contains(":") ? key.getKey() : name + ":" + key.getKey();
                keys.put(full, Declared.of(key.getValue()));
            });
        }
        return new ProjectFile(name, keys);
    }

    private static ProjectFile empty() {
        return new ProjectFile(StackConfig.NAMESPACE, Map.of());
    }
}
