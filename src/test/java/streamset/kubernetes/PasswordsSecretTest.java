package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ProgramVersion;
import streamset.config.StackDraft;

@Tag("unit")
class PasswordsSecretTest {
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
    void isMountedByServersAndJobs() {
        assertMounted("postgresql-passwords", DeclaredStack.of(StackDraft.withPasswords("one", "two")));
    }

    @Test
    void isNotDeclaredWhereAnotherOneIsNamedButThatOneIsMounted() {
        var stack = DeclaredStack.of(StackDraft.minimal().with("secretName", "from-the-vault"));
        assertEquals(0, stack.requests("Secret").count());
        assertMounted("from-the-vault", stack);
    }

    private static void assertMounted(String secret, DeclaredStack stack) {
        var pods = stack.objects()
                .filter(object -> object.at("/spec/template/spec/containers").isArray())
                .toList();
        assertEquals(8, pods.size()); // the StatefulSet and seven Jobs
        for (var pod : pods) {
            if (pod.at("/spec/template/spec/containers/0/name").asString().equals("check")) {
                continue; // which asks no other server
            }
            var volumes = DeclaredStack.yaml(pod.at("/spec/template/spec/volumes"));
            assertTrue(volumes.contains("""
                    - name: passwords
                      secret:
                        defaultMode: 288
                        secretName: %s
                    """.formatted(secret)), volumes); // 288: octal 0440
        }
    }
}
