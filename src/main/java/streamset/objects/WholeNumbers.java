package streamset.objects;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The engine knows floating-point numbers only, and Kubernetes has whole ones: 420.0 is 420. */
public final class WholeNumbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WholeNumbers() {}

    /** The same value with whole numbers as such. */
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
