package streamset.policy;

import java.util.stream.Stream;
import streamset.config.Keys;
import streamset.config.Rule;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** Rules on claims. */
final class VolumeRules {
    private static final String KEEP = "/metadata/annotations/" + Labels.KEEP.replace("/", "~1");

    private VolumeRules() {}

    static Stream<Breach> breaches(JsonNode object) {
        return ObjectWords.kind(object).equals("PersistentVolumeClaim")
                        && KubernetesObjects.text(object, KEEP)
                                .filter("false"::equals)
                                .isPresent()
                ? Stream.of(new Breach(
                        Rule.KEEP_VOLUMES,
                        ObjectWords.of(object),
                        "it is deleted, with its data, when it is no longer declared",
                        new Keys(new Problems()).set("keepVolumes", "true")))
                : Stream.empty();
    }
}
