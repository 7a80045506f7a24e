package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Resource.RegisterResourceRequest;
import streamset.StackState;
import streamset.config.Rule;
import streamset.config.StackDraft;
import streamset.policy.Breach;
import streamset.policy.Rules;

/** What failover automatic adds to the objects of a cluster. */
@Tag("unit")
class PatroniObjectsTest {
    private static final DeclaredStack STACK = stack(draft());

    private static StackDraft draft() {
        return StackDraft.minimal().with("failover", "automatic").with("image", "example.org/postgres-patroni:18");
    }

    private static DeclaredStack stack(StackDraft draft) {
        return DeclaredStack.of(draft);
    }

    @Test
    void givePatroniNoMoreRightsThanItNeeds() {
        assertEquals(
                """
                - apiGroups:
                  - ""
                  resources:
                  - configmaps
                  verbs:
                  - list
                  - watch
                  - create
                - apiGroups:
                  - ""
                  resourceNames:
                  - postgresql-config
                  - postgresql-leader
                  - postgresql-failover
                  - postgresql-sync
                  resources:
                  - configmaps
                  verbs:
                  - get
                  - patch
                - apiGroups:
                  - ""
                  resources:
                  - pods
                  verbs:
                  - list
                  - watch
                - apiGroups:
                  - ""
                  resourceNames:
                  - postgresql-sfs-0
                  - postgresql-sfs-1
                  - postgresql-sfs-2
                  resources:
                  - pods
                  verbs:
                  - get
                  - patch
                """, DeclaredStack.yaml(STACK.object("Role", "postgresql-role").get("rules")));
    }

    @Test
    void giveTheTokenToTheServerPodsOnly() {
        var pod = STACK.object("StatefulSet", "postgresql-sfs").at("/spec/template/spec");
        assertEquals("postgresql-patroni", pod.path("serviceAccountName").asString());
        assertTrue(pod.path("automountServiceAccountToken").asBoolean());
        STACK.requests("Job")
                .map(DeclaredStack::object)
                .map(job -> job.at("/spec/template/spec"))
                .forEach(job -> {
                    assertFalse(job.path("automountServiceAccountToken").asBoolean(true));
                    assertFalse(job.has("serviceAccountName"));
                });
        assertEquals(
                "postgresql-patroni",
                STACK.object("RoleBinding", "postgresql-rights")
                        .at("/subjects/0/name")
                        .asString());
    }

    @Test
    void letTheServiceForWritingFollowTheRoleLabel() {
        assertEquals(
                """
                app.kubernetes.io/component: server
                app.kubernetes.io/instance: postgresql
                app.kubernetes.io/name: postgresql
                streamset/role: primary
                """,
                DeclaredStack.yaml(STACK.object("Service", "postgresql-primary").at("/spec/selector")));
    }

    @Test
    void keepWhatPatroniRemembers() {
        for (String object : List.of("config", "leader", "failover", "sync")) {
            var request = STACK.request("ConfigMap", "postgresql-patroni" + object);
            assertTrue(request.getRetainOnDelete(), object);
            var map = DeclaredStack.object(request);
            assertEquals(
                    "server",
                    map.at("/metadata/labels/app.kubernetes.io~1component").asString());
            assertEquals(
                    "true",
                    map.at("/metadata/annotations/pulumi.com~1patchForce").asString());
            assertEquals(
                    object.equals("config"), map.at("/metadata/annotations").has("config"));
        }
    }

    @Test
    void sayWhetherCommitsWait() {
        assertEquals(List.of("ConfigMap postgresql-config"), withoutSynchronousStandby(STACK));
        assertEquals(List.of(), withoutSynchronousStandby(stack(draft().with("synchronous", "{\"standbys\":1}"))));
    }

    private static List<String> withoutSynchronousStandby(DeclaredStack stack) {
        return Rules.of(stack.objects().toList()).stream()
                .filter(breach -> breach.rule() == Rule.SYNCHRONOUS_STANDBY)
                .map(Breach::where)
                .toList();
    }

    @Test
    void endAPatroniThatHangsBeforeItsLeaseEnds() {
        assertEquals("""
                failureThreshold: 3
                httpGet:
                  path: /liveness
                  port: 8008
                periodSeconds: 2
                terminationGracePeriodSeconds: 5
                timeoutSeconds: 2
                """, liveness(STACK));
        assertTrue(liveness(stack(draft().with("failoverTimes", "{\"ttl\":\"60s\"}")))
                .contains("periodSeconds: 5\n"));
    }

    private static String liveness(DeclaredStack stack) {
        return DeclaredStack.yaml(
                stack.object("StatefulSet", "postgresql-sfs").at("/spec/template/spec/containers/0/livenessProbe"));
    }

    /** Otherwise a plan takes them for new ones. */
    @Test
    void areFoundInTheStateOfTheStack() {
        var entries = STACK.requests().stream()
                .filter(request -> request.getType().startsWith("kubernetes:"))
                .map(request -> new StackState.Entry(
                        "urn:pulumi:test::streamset::" + StreamingCluster.TYPE + "$" + request.getType() + "::"
                                + request.getName(),
                        DeclaredStack.object(request)))
                .toList();
        assertEquals(entries.stream().map(StackState.Entry::object).toList(), new StackState(entries).of("postgresql"));
    }

    @Test
    void switchOverOnlyWhenTheWishChanges() {
        var first = switchover(STACK);
        assertEquals(List.of("spec"), first.getIgnoreChangesList());
        var other = switchover(stack(draft().with("image", "example.org/postgres-patroni:18.9")));
        assertEquals(first.getName(), other.getName());
        assertEquals(name(first), name(other));
        var wished = switchover(stack(draft().with("primary", "2")));
        assertNotEquals(first.getName(), wished.getName(), "it would get the spec that is ignored");
        assertNotEquals(name(first), name(wished));
    }

    /** The declared engine's script, without the remedy that only that engine has. */
    @Test
    void awaitRestartsAsWithADeclaredFailover() {
        assertEquals(
                """
                - bash
                - /etc/streamset/scripts/jobs/restarted.sh
                """,
                DeclaredStack.yaml(
                        STACK.object("Job", "postgresql-restarted").at("/spec/template/spec/containers/0/command")));
    }

    private static RegisterResourceRequest switchover(DeclaredStack stack) {
        return stack.requests("Job")
                .filter(request -> request.getName().startsWith("postgresql-switchover"))
                .findFirst()
                .orElseThrow();
    }

    private static String name(RegisterResourceRequest request) {
        return DeclaredStack.object(request).at("/metadata/name").asString();
    }

    @Test
    void areEnteredThroughTheServiceThatFollows() {
        assertTrue(
                STACK.outputs()
                        .values()
                        .toString()
                        .contains("exec -it service/postgresql-primary -c postgresql -- psql"),
                STACK.outputs()::toString);
    }
}
