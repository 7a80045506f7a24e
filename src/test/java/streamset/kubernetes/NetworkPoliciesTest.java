package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Tag("unit")
class NetworkPoliciesTest {
    private static final String CLIENTS = """
            [{"namespaceSelector": {"matchLabels": {"team": "shop"}}, "podSelector": {}},
             {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}]""";

    private static final String TO_SERVERS_AND_DNS = """
            egress:
              - to:
                  - podSelector:
                      matchLabels:
                        app.kubernetes.io/name: postgresql
                        app.kubernetes.io/instance: postgresql
                        app.kubernetes.io/component: server
                ports: [{protocol: TCP, port: 5432}]
              - ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
            """;

    private static JsonNode spec(StackDraft draft, String name) {
        return DeclaredStack.of(draft)
                .objects()
                .filter(object -> object.path("kind").asString().equals("NetworkPolicy"))
                .filter(object -> object.at("/metadata/name").asString().equals(name))
                .findFirst()
                .map(object -> yaml(object.path("spec").toString())) // numbers of the same kind
                .orElseThrow();
    }

    private static JsonNode yaml(String text) {
        return new YAMLMapper().readTree(text);
    }

    private static StackDraft automatic() {
        return StackDraft.minimal().with("failover", "automatic").with("image", "example.org/postgres-patroni:18");
    }

    @Test
    void areNotThereUnlessClientsAreNamed() {
        var kinds = DeclaredStack.of(StackDraft.minimal())
                .objects()
                .map(object -> object.path("kind").asString());
        assertEquals(List.of(), kinds.filter("NetworkPolicy"::equals).toList());
    }

    @Test
    void letInClientsAndTheClusterAndNobodyElse() {
        assertEquals(
                yaml("""
                podSelector:
                  matchLabels:
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/component: server
                policyTypes: [Ingress, Egress]
                ingress:
                  - from:
                      - podSelector:
                          matchLabels:
                            app.kubernetes.io/name: postgresql
                            app.kubernetes.io/instance: postgresql
                    ports: [{protocol: TCP, port: 5432}]
                  - from:
                      - namespaceSelector: {matchLabels: {team: shop}}
                        podSelector: {}
                      - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
                    ports: [{protocol: TCP, port: 5432}]
                """ + TO_SERVERS_AND_DNS),
                spec(StackDraft.minimal().with("clients", CLIENTS), "postgresql-servers"));
    }

    @Test
    void letNobodyInToJobs() {
        assertEquals(
                yaml("""
                podSelector:
                  matchLabels:
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/instance: postgresql
                  matchExpressions:
                    - {key: app.kubernetes.io/component, operator: NotIn, values: [server]}
                policyTypes: [Ingress, Egress]
                """ + TO_SERVERS_AND_DNS), spec(StackDraft.minimal().with("clients", CLIENTS), "postgresql-jobs"));
    }

    /** Patroni asks its peers, and keeps its lease with the API server. */
    @Test
    void letPatroniReachWhatItNeeds() {
        var servers = spec(automatic().with("clients", CLIENTS), "postgresql-servers");
        var own = yaml("[{protocol: TCP, port: 5432}, {protocol: TCP, port: 8008}]");
        assertEquals(own, servers.at("/ingress/0/ports"));
        assertEquals(yaml("[{protocol: TCP, port: 5432}]"), servers.at("/ingress/1/ports"));
        assertEquals(own, servers.at("/egress/0/ports"));
        assertEquals(
                List.of(443, 6443, 8443, 16443),
                servers.at("/egress/2/ports")
                        .valueStream()
                        .map(port -> port.path("port").asInt())
                        .toList());
    }

    /** A policy that selects no pod protects nobody, and one that forgets a pod leaves it open. */
    @Test
    void selectEveryPodOfTheCluster() {
        for (var draft : List.of(StackDraft.minimal(), automatic())) {
            var objects =
                    DeclaredStack.of(draft.with("clients", CLIENTS)).objects().toList();
            var labels = objects.stream()
                    .map(object -> object.at("/spec/template/metadata/labels"))
                    .filter(JsonNode::isObject)
                    .toList();
            assertEquals(
                    labels.size(),
                    labels.stream()
                            .filter(all -> Stream.of("postgresql-servers", "postgresql-jobs")
                                            .filter(name ->
                                                    selects(spec(draft, name).path("podSelector"), all))
                                            .count()
                                    == 1)
                            .count());
        }
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        var wanted = KubernetesObjects.texts(selector, "/matchLabels");
        var has = KubernetesObjects.texts(labels, "");
        var notIn = selector.at("/matchExpressions/0");
        return has.entrySet().containsAll(wanted.entrySet())
                && (notIn.isMissingNode()
                        || !notIn.at("/values/0")
                                .asString()
                                .equals(has.get(notIn.path("key").asString())));
    }
}
