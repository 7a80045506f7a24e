package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Pulumi.yaml says the same as the program. */
@Tag("unit")
class ProjectFileTest {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "string", String.class,
            "integer", Integer.class,
            "boolean", Boolean.class,
            "object", Map.class,
            "array", List.class);

    private final JsonNode project = new YAMLMapper().readTree(Path.of("Pulumi.yaml"));

    @Test
    void hasTheKeysThatTheProgramKnowsAndNoOthers() {
        var declared = new TreeSet<String>();
        project.get("config").propertyNames().forEach(key -> declared.add(key.replaceFirst("^streamset:", "")));
        assertEquals(keysOfTheProgram(), declared);
    }

    /** The program tells them when it is asked for one that is like none. */
    private static Set<String> keysOfTheProgram() {
        var refusal = StackDraft.minimal().with("unheardOfByAnybody", "").refusal();
        var list = Pattern.compile("there are: (.*)").matcher(refusal);
        assertTrue(list.find(), refusal);
        return new TreeSet<>(Set.of(list.group(1).split(", ")));
    }

    @Test
    void hasTypeDefaultAndDescriptionForEveryKey() {
        project.get("config").properties().forEach(key -> {
            var name = key.getKey();
            var properties = new TreeSet<>(Set.of("type", "default", "description"));
            if (key.getValue().get("type").asString().equals("array")) {
                properties.add("items"); // demanded by the engine
            }
            assertEquals(properties, new TreeSet<>(key.getValue().propertyNames()), name);
            var type = TYPES.get(key.getValue().get("type").asString());
            var value = new YAMLMapper().convertValue(key.getValue().get("default"), Object.class);
            assertTrue(type.isInstance(value), () -> name + " is no " + type.getSimpleName() + ": " + value);
            assertFalse(key.getValue().get("description").asString().isBlank(), name);
        });
    }

    @Test
    void hasTheDefaultsOfTheProgram() {
        var values = new TreeMap<String, String>();
        project.get("config").properties().forEach(key -> {
            var value = key.getValue().get("default");
            values.put(key.getKey(), value.isContainer() ? value.toString() : value.asString());
        });
        values.put("streamset:secretName", "passwords");
        var draft = StackDraft.empty();
        values.forEach(draft::with);
        assertEquals(StackDraft.minimal().config(), draft.config());
    }
}
