package streamset.policy;

import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/** Rules on claims. */
final class VolumeRules {
    private VolumeRules() {}

    static Stream<Breach> breaches(JsonNode object) {
        return ObjectWords.kind(object).equals("PersistentVolumeClaim")
                        && "false"
                                .equals(KubernetesObjects.texts(object, "/metadata/annotations")
                                        .get(Labels.KEEP))
                ? Stream.of(new Breach(
                        Rule.KEEP_VOLUMES,
                        ObjectWords.of(object),
                        "it is deleted, with its data, when it is no longer declared",
                        Breach.KEYS.set("keepVolumes", "true")))
                : Stream.empty();
    }
}
