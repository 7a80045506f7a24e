package streamset.review;

import java.util.List;
import streamset.objects.WholeNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The state of a stack as {@code pulumi stack export} writes it. */
final class ExportedState {
    private ExportedState() {}

    /** The objects as the engine left them last; what is encrypted stays so. */
    static List<JsonNode> objects(String json) {
        return JsonMapper.shared()
                .readTree(json)
                .at("/deployment/resources")
                .valueStream()
                .map(resource -> WholeNumbers.in(resource.path("outputs")))
                .filter(JsonNode::isObject)
                .toList();
    }
}
