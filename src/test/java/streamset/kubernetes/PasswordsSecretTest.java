package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ProgramVersion;
import streamset.config.ScramVerifier;
import streamset.config.StackDraft;

@Tag("unit")
class PasswordsSecretTest {
    /** The Jobs that ask servers what nodes ask each other. */
    private static final Set<String> AS_NODES = Set.of("restarted", "slots", "handover", "writable");

    @Test
    void holdsBothPasswordsInBase64() {
        var secret = DeclaredStack.of(StackDraft.withPasswords("hunter2", "größer"))
                .object("Secret", "postgresql-passwords");
        assertEquals("""
                apiVersion: v1
                data:
                  postgres: aHVudGVyMg==
                  replicator: Z3LDtsOfZXI=
                kind: Secret
                metadata:
                  annotations:
                    streamset/version: %s
                  labels:
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/managed-by: pulumi
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/part-of: streamset
                    app.kubernetes.io/version: 18
                  name: postgresql-passwords
                  namespace: postgresql
                type: Opaque
                """.formatted(ProgramVersion.TEXT), DeclaredStack.yaml(secret));
        assertFalse(secret.has("stringData"));
    }

    @Test
    void isEncryptedInPulumisState() {
        var request =
                DeclaredStack.of(StackDraft.withPasswords("one", "two")).request("Secret", "postgresql-passwords");
        assertTrue(DeclaredStack.isSecret(request, "data"));
        assertFalse(DeclaredStack.isSecret(request, "metadata"));
    }

    @Test
    void thatOfServersHasThePasswordsOfAllButTheSuperuser() {
        var stack = DeclaredStack.of(StackDraft.withPasswords("hunter2", "two"));
        var data = stack.object("Secret", "postgresql-logins").get("data");
        assertEquals(
                Set.of("postgres", "replicator", "streamset", "streamset_metrics", "streamset_patroni"),
                Set.copyOf(data.propertyNames()));
        var verifier =
                new String(Base64.getDecoder().decode(data.get("postgres").asString()), StandardCharsets.UTF_8);
        assertEquals(ScramVerifier.of("hunter2", "postgresql/postgresql-logins").orElseThrow(), verifier);
        assertEquals("dHdv", data.get("replicator").asString());
        assertTrue(DeclaredStack.isSecret(stack.request("Secret", "postgresql-logins"), "data"));
    }

    @Test
    void jobsMountOneAndServersTheOther() {
        assertMounted(
                "postgresql-passwords", "postgresql-logins", DeclaredStack.of(StackDraft.withPasswords("one", "two")));
    }

    /** Whatever a stack has: of the Secrets of the program they mount the one without the superuser's password. */
    @ParameterizedTest
    @ValueSource(strings = {"declared", "automatic"})
    void noServerPodAndNoCronJobHasTheSuperusersPassword(String failover) {
        var draft = StackDraft.withPasswords("hunter2", "two")
                .with("metrics", "{\"enabled\":\"true\"}")
                .with(
                        "backup",
                        "{\"bucket\":\"wal\",\"endpoint\":\"s3.example.org\",\"secretName\":\"s3\",\"image\":\"example.org/pgbackrest:18\"}");
        if (failover.equals("automatic")) {
            draft.with("failover", failover).with("image", "example.org/postgres-patroni:18");
        }
        var stack = DeclaredStack.of(draft);
        var pods = stack.objects()
                .filter(object -> Set.of("StatefulSet", "CronJob")
                        .contains(object.get("kind").asString()))
                .map(DeclaredStack::yaml)
                .toList();
        assertEquals(5, pods.size());
        for (var pod : pods) {
            assertTrue(pod.contains("secretName: postgresql-logins\n"), pod);
            assertFalse(pod.contains("postgresql-passwords"), pod);
        }
    }

    @Test
    void isNotDeclaredWhereAnotherOneIsNamedButThatOneIsMounted() {
        var stack = DeclaredStack.of(StackDraft.minimal().with("secretName", "from-the-vault"));
        assertEquals(0, stack.requests("Secret").count());
        assertMounted("from-the-vault", "from-the-vault", stack);
    }

    private static void assertMounted(String ofJobs, String ofServers, DeclaredStack stack) {
        var pods = stack.objects()
                .filter(object -> object.at("/spec/template/spec/containers").isArray())
                .toList();
        assertEquals(8, pods.size()); // the StatefulSet and seven Jobs
        for (var pod : pods) {
            var name = pod.at("/spec/template/spec/containers/0/name").asString();
            if (name.equals("check")) {
                continue; // which asks no other server
            }
            var asNode = AS_NODES.contains(name);
            var secret = name.equals("postgresql") || asNode ? ofServers : ofJobs;
            var items = asNode && !ofServers.equals(ofJobs)
                    ? "    items:\n    - key: streamset\n      path: streamset\n"
                    : "";
            var volumes = DeclaredStack.yaml(pod.at("/spec/template/spec/volumes"));
            assertTrue(volumes.contains("""
                    - name: passwords
                      secret:
                        defaultMode: 288
                    %s    secretName: %s
                    """.formatted(items, secret)), volumes); // 288: octal 0440
        }
    }
}
