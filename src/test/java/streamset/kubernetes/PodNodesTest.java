package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;
import tools.jackson.databind.JsonNode;

@Tag("unit")
class PodNodesTest {
    private static final String SCHEDULING = """
            {"spread": {"hosts": "hard", "zones": "soft"}, "priorityClassName": "database",
             "nodeSelector": {"disktype": "nvme"},
             "tolerations": [{"key": "dedicated", "operator": "Equal", "value": "db", "effect": "NoExecute",
               "tolerationSeconds": 60}],
             "affinity": {
               "nodeAffinity": {
                 "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
                   {"matchExpressions": [{"key": "cores", "operator": "Gt", "values": ["7"]}]}]},
                 "preferredDuringSchedulingIgnoredDuringExecution": [
                   {"weight": 10, "preference": {"matchExpressions": [{"key": "fast", "operator": "Exists"}]}}]},
               "podAffinity": {
                 "preferredDuringSchedulingIgnoredDuringExecution": [
                   {"weight": 1, "podAffinityTerm": {"topologyKey": "rack", "namespaceSelector": {},
                    "labelSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}}}]},
               "podAntiAffinity": {
                 "requiredDuringSchedulingIgnoredDuringExecution": [
                   {"topologyKey": "kubernetes.io/hostname", "namespaces": ["batch"],
                    "labelSelector": {"matchLabels": {"load": "heavy"}}}]}}}""";

    private static DeclaredStack stack() {
        return DeclaredStack.of(StackDraft.minimal()
                .with("scheduling", SCHEDULING)
                .with("imagePullSecrets", "[\"registry\",\"mirror\"]"));
    }

    private static JsonNode pod(DeclaredStack stack) {
        return stack.object("StatefulSet", "postgresql-sfs").at("/spec/template/spec");
    }

    private static String part(JsonNode pod, String field) {
        return DeclaredStack.yaml(pod.path(field));
    }

    @Test
    void areChosenForServers() {
        var pod = pod(stack());
        assertEquals("database\n", part(pod, "priorityClassName"));
        assertEquals("disktype: nvme\n", part(pod, "nodeSelector"));
        assertEquals("- name: registry\n- name: mirror\n", part(pod, "imagePullSecrets"));
        assertEquals("""
                - effect: NoExecute
                  key: dedicated
                  operator: Equal
                  tolerationSeconds: 60
                  value: db
                """, part(pod, "tolerations"));
        assertEquals("""
                nodeAffinity:
                  preferredDuringSchedulingIgnoredDuringExecution:
                  - preference:
                      matchExpressions:
                      - key: fast
                        operator: Exists
                    weight: 10
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                    - matchExpressions:
                      - key: cores
                        operator: Gt
                        values:
                        - 7
                podAffinity:
                  preferredDuringSchedulingIgnoredDuringExecution:
                  - podAffinityTerm:
                      labelSelector:
                        matchExpressions:
                        - key: app
                          operator: In
                          values:
                          - web
                      namespaceSelector: {}
                      topologyKey: rack
                    weight: 1
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - labelSelector:
                      matchLabels:
                        load: heavy
                    namespaces:
                    - batch
                    topologyKey: kubernetes.io/hostname
                """, part(pod, "affinity"));
    }

    @Test
    void areSpread() {
        var selector = """
                - labelSelector:
                    matchLabels:
                      app.kubernetes.io/component: server
                      app.kubernetes.io/instance: postgresql
                      app.kubernetes.io/name: postgresql
                  maxSkew: 1
                """;
        assertEquals(
                selector
                        + "  nodeTaintsPolicy: Honor\n  topologyKey: kubernetes.io/hostname\n  whenUnsatisfiable: DoNotSchedule\n"
                        + selector
                        + "  topologyKey: topology.kubernetes.io/zone\n  whenUnsatisfiable: ScheduleAnyway\n",
                part(pod(stack()), "topologySpreadConstraints"));
    }

    @Test
    void areChosenForEachJobWithoutKeepingItAwayFromServers() {
        var stack = stack();
        var server = pod(stack);
        var jobs = stack.requests("Job").map(DeclaredStack::object).toList();
        assertTrue(jobs.size() >= 6, () -> jobs.size() + " Jobs");
        for (var job : jobs) {
            var pod = job.at("/spec/template/spec");
            for (var field : new String[] {"priorityClassName", "nodeSelector", "tolerations", "imagePullSecrets"}) {
                assertEquals(part(server, field), part(pod, field));
            }
            assertEquals(server.at("/affinity/nodeAffinity"), pod.at("/affinity/nodeAffinity"));
            assertEquals(1, pod.path("affinity").size());
            assertTrue(pod.path("topologySpreadConstraints").isMissingNode());
        }
    }

    /** A Job cannot change, so it is another one. */
    @Test
    void renameJobsThatRunElsewhere() {
        var elsewhere = StackDraft.minimal().with("scheduling", "{\"nodeSelector\":{\"disktype\":\"nvme\"}}");
        assertTrue(names(StackDraft.minimal())
                .noneMatch(name -> names(elsewhere).toList().contains(name)));
        var spread = StackDraft.minimal().with("scheduling", "{\"spread\":{\"hosts\":\"hard\"}}");
        assertEquals(
                names(StackDraft.minimal())
                        .filter(name -> !name.contains("restarted"))
                        .toList(),
                names(spread).filter(name -> !name.contains("restarted")).toList());
    }

    private static Stream<String> names(StackDraft draft) {
        return DeclaredStack.of(draft)
                .requests("Job")
                .map(DeclaredStack::object)
                .map(job -> job.at("/metadata/name").asString())
                .sorted();
    }
}
