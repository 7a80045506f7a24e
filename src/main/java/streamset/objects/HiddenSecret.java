package streamset.objects;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Secret without its values, for people and files. */
public final class HiddenSecret {
    private static final String HIDDEN_BASE64 = "W3NlY3JldF0="; // "[secret]": the API server accepts only base64

    private HiddenSecret() {}

    /** Any other object is returned unchanged. */
    public static JsonNode of(JsonNode object) {
        if (!object.path("kind").asString("").equals("Secret")) {
            return object;
        }
        var copy = (ObjectNode) object.deepCopy();
        var data = copy.putObject("data");
        object.path("data").propertyNames().forEach(key -> data.put(key, HIDDEN_BASE64));
        return copy;
    }

    /** Whether a value of a Secret is the real one, and not a placeholder. */
    public static boolean isReadable(String base64) {
        return !base64.equals(HIDDEN_BASE64) && !base64.startsWith("[") && !base64.startsWith("{");
    }
}
