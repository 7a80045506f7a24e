package streamset.config;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values of the configuration, of which the engine hands over objects and lists as JSON. */
final class JsonText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** A text as a value. */
    static JsonNode text(String text) {
        return JSON.getNodeFactory().stringNode(text);
    }

    /**
     * The object in a text; empty for a blank one.
     *
     * @throws IllegalArgumentException when it is not JSON
     */
    static Optional<JsonNode> object(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(JSON.readTree(text));
        } catch (JacksonException e) {
            // not the parser's own words, which quote the text that it could not read: that may be a password
            throw new IllegalArgumentException(
                    e.getOriginalMessage().startsWith("Duplicate") ? "a field occurs twice" : "this is not JSON", e);
        }
    }

    /** The list in a text; empty for a blank one, the text itself when it is not JSON. */
    static Optional<JsonNode> list(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(JSON.readTree(text));
        } catch (JacksonException e) {
            return Optional.of(text(text));
        }
    }

    /** As its author wrote it. */
    static String shown(JsonNode node) {
        return node.isString() ? node.asString() : node.toString();
    }

    /** What it is, in words. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            default -> "a text";
        };
    }
}
