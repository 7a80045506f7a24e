package streamset.policy;

import java.util.Map;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import streamset.patroni.DynamicConfiguration;
import tools.jackson.databind.JsonNode;

/** Rules on the configuration that Patroni shares among the pods, where the failover is automatic. */
final class PatroniRules {
    private PatroniRules() {}

    /** Whether the object belongs to a cluster of which this configuration, and not the conf file, names the standbys. */
    static boolean apply(JsonNode object) {
        return Labels.AUTOMATIC.equals(annotations(object).get(Labels.FAILOVER));
    }

    static Stream<Breach> breaches(JsonNode object) {
        var configuration = annotations(object).get(DynamicConfiguration.ANNOTATION);
        if (!apply(object) || configuration == null || DynamicConfiguration.synchronousStandbys(configuration) > 0) {
            return Stream.empty();
        }
        return Stream.of(new Breach(
                Rule.SYNCHRONOUS_STANDBY,
                ObjectWords.of(object),
                "a commit waits for no standby",
                Breach.KEYS.set("synchronous.standbys", "1")));
    }

    private static Map<String, String> annotations(JsonNode object) {
        return KubernetesObjects.texts(object, "/metadata/annotations");
    }
}
