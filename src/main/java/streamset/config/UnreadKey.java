package streamset.config;

import java.util.Set;
import java.util.stream.Collectors;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key in a namespace that nobody reads, and how it comes into one that is read.
 *
 * @param key with its namespace
 */
record UnreadKey(RawConfig raw, String key) {
    private static final Set<String> NEVER_SHOWN = Set.of("passwords", "kubeconfig"); // not even in clear text
    private static final String VALUE = "<value>";

    String namespace() {
        return key.substring(0, Math.max(0, key.indexOf(':')));
    }

    String name() {
        return key.substring(key.indexOf(':') + 1);
    }

    private boolean isHidden() {
        return raw.secretKeys().contains(key) || NEVER_SHOWN.contains(name());
    }

    private String value() {
        return raw.values().get(key);
    }

    private String shown() {
        return isHidden() ? "[secret]" : value();
    }

    /** @param namespace that is read */
    void refuse(String namespace, String reason, Problems problems) {
        problems.add(key, shown(), reason, move(namespace));
    }

    /** @param namespace that is read */
    void warn(String namespace, String reason, Problems problems) {
        problems.warn(key, shown(), reason, move(namespace));
    }

    private String move(String namespace) {
        return new ConfigCommand(namespace() + ":", name(), false).remove() + ", then: " + set(namespace + ":");
    }

    /** A text with JSON would not count as an object, so each field is set by itself. */
    private String set(String prefix) {
        var json = json();
        return json.isObject() && !json.isEmpty()
                ? fields(prefix + name() + ".", json)
                : new ConfigCommand(prefix, name(), isHidden()).set(isHidden() || json.isArray() ? VALUE : value());
    }

    private String fields(String path, JsonNode object) {
        return object.properties().stream()
                .map(field -> field.getValue().isObject() && !field.getValue().isEmpty()
                        ? fields(path + field.getKey() + ".", field.getValue())
                        : new ConfigCommand(path, field.getKey(), isHidden()).set(value(field.getValue())))
                .collect(Collectors.joining(" and "));
    }

    private String value(JsonNode field) {
        return isHidden() || field.isContainer() ? VALUE : field.asString("");
    }

    private JsonNode json() {
        var json = JsonMapper.shared();
        try {
            return value().startsWith("{") || value().startsWith("[") ? json.readTree(value()) : json.missingNode();
        } catch (JacksonException e) {
            return json.missingNode();
        }
    }
}
