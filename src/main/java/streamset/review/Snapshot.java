package streamset.review;

import java.util.List;
import streamset.objects.TextDigest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a stack as they are kept for reviews: what never changes under its name by the digests of its texts. */
final class Snapshot {
    private Snapshot() {}

    /** The same objects, but for the texts of immutable ConfigMaps. */
    static List<JsonNode> of(List<JsonNode> objects) {
        return objects.stream()
                .map(object -> object.path("immutable").asBoolean(false) ? withDigests(object) : object)
                .toList();
    }

    private static JsonNode withDigests(JsonNode configMap) {
        var copy = (ObjectNode) configMap.deepCopy();
        var data = copy.putObject("data");
        configMap
                .path("data")
                .properties()
                .forEach(entry ->
                        data.put(entry.getKey(), TextDigest.of(entry.getValue().asString())));
        return copy;
    }
}
