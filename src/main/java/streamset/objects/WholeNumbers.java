package streamset.objects;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The engine has only floating-point numbers, and Kubernetes has integers: 420.0 becomes 420. */
public final class WholeNumbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WholeNumbers() {}

    /** The same value with integers where numbers are whole. */
    public static JsonNode in(JsonNode value) {
        if (value.isObject()) {
            var copy = NODES.objectNode();
            value.properties().forEach(field -> copy.set(field.getKey(), in(field.getValue())));
            return copy;
        }
        if (value.isArray()) {
            var copy = NODES.arrayNode();
            value.forEach(element -> copy.add(in(element)));
            return copy;
        }
        boolean whole = value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue());
        return whole ? NODES.numberNode((long) value.doubleValue()) : value;
    }
}
