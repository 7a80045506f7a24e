package streamset.policy;

import java.util.Set;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/** Rules on Services. */
final class ServiceRules {
    private static final Set<String> REACHABLE_FROM_OUTSIDE = Set.of("LoadBalancer", "NodePort", "ExternalName");

    private ServiceRules() {}

    static Stream<Breach> breaches(JsonNode object) {
        if (!ObjectWords.kind(object).equals("Service")) {
            return Stream.empty();
        }
        var where = ObjectWords.of(object);
        var type = KubernetesObjects.text(object, "/spec/type").filter(REACHABLE_FROM_OUTSIDE::contains).stream()
                .map(kind -> new Breach(
                        Rule.PRIVATE_SERVICES, where, "its type is " + kind, "declare it with the type ClusterIP"));
        var addresses = object.at("/spec/externalIPs").isEmpty()
                ? Stream.<Breach>empty()
                : Stream.of(new Breach(
                        Rule.PRIVATE_SERVICES,
                        where,
                        "it has the addresses " + object.at("/spec/externalIPs"),
                        "declare it without externalIPs"));
        return Stream.concat(type, addresses);
    }
}
