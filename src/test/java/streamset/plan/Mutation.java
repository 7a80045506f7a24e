package streamset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One place of an object that is another.
 *
 * @param where what was done, and where: a JSON pointer
 * @param object the whole of it
 */
record Mutation(String where, JsonNode object) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Every field changed, every field and element removed, and a field added to every object in it. */
    static List<Mutation> all(JsonNode object, Random random) {
        var found = new ArrayList<Mutation>();
        collect(object, "", object, random, found);
        return found;
    }

    private static void collect(JsonNode whole, String path, JsonNode part, Random random, List<Mutation> found) {
        if (part.isObject()) {
            found.add(edited(
                    whole, path, "add", parent -> ((ObjectNode) parent).put("another" + random.nextInt(99), 1)));
            for (Map.Entry<String, JsonNode> field : part.properties()) {
                var inner = path + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                found.add(
                        edited(whole, path, "remove " + inner, parent -> ((ObjectNode) parent).remove(field.getKey())));
                if (field.getValue().isValueNode()) {
                    found.add(edited(
                            whole,
                            path,
                            "change " + inner,
                            parent -> ((ObjectNode) parent).set(field.getKey(), other(field.getValue(), random))));
                } else {
                    collect(whole, inner, field.getValue(), random, found);
                }
            }
        } else if (part.isArray()) {
            for (int index = 0; index < part.size(); index++) {
                int place = index;
                found.add(edited(
                        whole, path, "remove " + path + "/" + place, parent -> ((ArrayNode) parent).remove(place)));
                if (part.get(place).isValueNode()) {
                    found.add(edited(
                            whole,
                            path,
                            "change " + path + "/" + place,
                            parent -> ((ArrayNode) parent).set(place, other(part.get(place), random))));
                } else {
                    collect(whole, path + "/" + place, part.get(place), random, found);
                }
            }
            if (part.size() > 1) {
                found.add(edited(
                        whole,
                        path,
                        "turn " + path,
                        parent -> ((ArrayNode) parent).add(((ArrayNode) parent).remove(0))));
            }
        }
    }

    private interface Edit {
        void apply(JsonNode parent);
    }

    private static Mutation edited(JsonNode whole, String path, String what, Edit edit) {
        var copy = whole.deepCopy();
        edit.apply(copy.at(path));
        return new Mutation(Found.name(whole) + ": " + what + (what.equals("add") ? " to " + path : ""), copy);
    }

    private static JsonNode other(JsonNode value, Random random) {
        if (value.isBoolean()) {
            return JSON.booleanNode(!value.asBoolean());
        }
        if (value.isNumber()) {
            return JSON.numberNode(value.longValue() + 1 + random.nextInt(3));
        }
        var text = value.asString();
        return JSON.stringNode(Stream.of(text + "x", "x" + text, text.replaceFirst("\\d", "9") + "0", text + "\nx")
                .skip(random.nextInt(4))
                .findFirst()
                .orElseThrow());
    }
}
