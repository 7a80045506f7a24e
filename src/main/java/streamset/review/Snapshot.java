package streamset.review;

import java.util.List;
import streamset.objects.TextDigest;
import tools.jackson.databind.JsonNode;

/** The objects of a stack as they are kept for reviews: what never changes under its name by the digests of its texts. */
final class Snapshot {
    private Snapshot() {}

    /** The same objects, but for the texts of immutable ConfigMaps. */
    static List<JsonNode> of(List<JsonNode> objects) {
        return objects.stream()
                .map(object -> TextDigest.isFor(object) ? TextDigest.ofTexts(object) : object)
                .toList();
    }
}
