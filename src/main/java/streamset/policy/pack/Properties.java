package streamset.policy.pack;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The properties of a resource in the engine's form. */
final class Properties {
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"; // in a preview, for any value
    private static final String MARK = "4dabf18193072939515e22adb298388d"; // the engine's key in any marked value
    private static final JsonMapper JSON = JsonMapper.shared();

    private Properties() {}

    /** The properties as JSON; null for what is not known yet, or secret. */
    static JsonNode json(Struct properties) {
        try {
            return known(JSON.readTree(JsonFormat.printer().print(properties)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the engine sent properties that are no JSON", e);
        }
    }

    private static JsonNode known(JsonNode value) {
        if (value.isString() && value.asString().equals(UNKNOWN) || value.has(MARK)) {
            return NullNode.getInstance();
        } else if (value instanceof ObjectNode object) {
            var copy = JSON.createObjectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), known(field.getValue())));
            return copy;
        } else if (value instanceof ArrayNode list) {
            var copy = JSON.createArrayNode();
            list.forEach(element -> copy.add(known(element)));
            return copy;
        }
        return value;
    }
}
