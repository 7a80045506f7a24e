package streamset.review;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The type of a key in Pulumi.yaml, which the engine checks before it starts the program (project.go, ValidateConfigValue).
 *
 * @param name {@code string}, {@code integer}, {@code boolean}, {@code object} or {@code array}
 * @param items the type of the elements of an array
 */
record KeyType(String name, Optional<KeyType> items) {
    /** @param declared the object with the fields {@code type} and {@code items} */
    static Optional<KeyType> of(JsonNode declared) {
        return Optional.of(declared.path("type"))
                .filter(JsonNode::isString)
                .map(type -> new KeyType(type.asString(), of(declared.path("items"))));
    }

    /** @param value objects and lists as such; any other value counts as the text that the program gets */
    boolean takes(JsonNode value) {
        return switch (name) {
            case "string" -> !value.isContainer();
            case "integer" -> !value.isContainer() && isInteger(text(value));
            case "boolean" -> !value.isContainer() && text(value).matches("true|false");
            case "object" -> value.isObject();
            default ->
                value.isArray() && items.isPresent() && value.valueStream().allMatch(items.get()::takes);
        };
    }

    /** Whether it is neither an object nor a list. */
    boolean isSingle() {
        return !name.equals("object") && !name.equals("array");
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asString();
    }

    private static boolean isInteger(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The type in words. */
    String words() {
        return switch (name) {
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "object" -> "an object with named fields";
            default -> "a list";
        };
    }
}
