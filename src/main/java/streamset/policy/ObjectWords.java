package streamset.policy;

import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/** What people call an object. */
final class ObjectWords {
    private ObjectWords() {}

    static String of(JsonNode object) {
        return kind(object) + " "
                + KubernetesObjects.text(object, "/metadata/name").orElse("(without a name)");
    }

    static String kind(JsonNode object) {
        return KubernetesObjects.text(object, "/kind").orElse("");
    }
}
