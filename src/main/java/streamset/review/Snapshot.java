package streamset.review;

import java.util.List;
import streamset.objects.TextDigest;
import tools.jackson.databind.JsonNode;

/** The reviewed objects of a stack: immutable ConfigMaps contain digests of their texts. */
final class Snapshot {
    private Snapshot() {}

    /** The same objects, with digests instead of the texts of immutable ConfigMaps. */
    static List<JsonNode> of(List<JsonNode> objects) {
        return objects.stream()
                .map(object -> TextDigest.isFor(object) ? TextDigest.ofTexts(object) : object)
                .toList();
    }
}
