package streamset.review;

import streamset.config.ClearParts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values of the configuration in the form in which the engine passes them on. */
final class EngineValue {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JSON.getNodeFactory();

    private EngineValue() {}

    /** Whether a text looks like an object or a list that somebody wrote as JSON. */
    static boolean isJson(JsonNode value) {
        return value.isString() && value.asString().matches("(?s)\\s*[{\\[].*");
    }

    /** The value without ciphertext: an object whose only field is {@code secure}, a text, is a secret at any depth. */
    static JsonNode blinded(JsonNode value) {
        if (ClearParts.isEncrypted(value)) {
            return NODES.stringNode(StackFile.HIDDEN);
        }
        if (value.isObject()) {
            var copy = NODES.objectNode();
            value.properties().forEach(field -> copy.set(field.getKey(), blinded(field.getValue())));
            return copy;
        }
        if (value.isArray()) {
            var copy = NODES.arrayNode();
            value.forEach(element -> copy.add(blinded(element)));
            return copy;
        }
        return value;
    }

    /** Values as the engine encodes them: objects and lists as JSON, null as an empty text, all others as plain text. */
    static String text(JsonNode value) {
        if (value.isContainer()) {
            return JSON.writeValueAsString(value);
        }
        return value.isNull() ? "" : value.isNumber() ? EngineNumber.text(value) : value.asString();
    }
}
