package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ProgramVersion;
import streamset.config.StackDraft;

@Tag("unit")
class ClusterNamespaceTest {
    private final StackDraft draft = StackDraft.minimal().with("namespace", "k8s-training");

    @Test
    void isDeclaredWithLabelsAndCanBeTakenOver() {
        assertEquals(
                """
                apiVersion: v1
                kind: Namespace
                metadata:
                  annotations:
                    pulumi.com/patchForce: "true"
                    streamset/keep: "true"
                    streamset/version: %s
                  labels:
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/managed-by: pulumi
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/part-of: streamset
                    app.kubernetes.io/version: 18
                    pod-security.kubernetes.io/enforce: restricted
                  name: k8s-training
                """.formatted(ProgramVersion.TEXT),
                DeclaredStack.yaml(DeclaredStack.of(draft).object("Namespace", "postgresql-namespace")));
    }

    @Test
    void isKeptAsLongAsVolumesAre() {
        assertTrue(DeclaredStack.of(draft)
                .request("Namespace", "postgresql-namespace")
                .getRetainOnDelete());
        draft.with("keepVolumes", "false");
        assertFalse(DeclaredStack.of(draft)
                .request("Namespace", "postgresql-namespace")
                .getRetainOnDelete());
    }

    @Test
    void isNotDeclaredWhereSomebodyElseManagesIt() {
        var stack = DeclaredStack.of(draft.with("createNamespace", "false"));
        assertEquals(0, stack.requests("Namespace").count());
        assertEquals(0, stack.result().exitCode());
        assertTrue(stack.objects()
                .allMatch(object -> object.at("/metadata/namespace").asString().equals("k8s-training")));
    }
}
