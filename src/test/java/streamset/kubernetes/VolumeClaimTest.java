package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Resource.RegisterResourceRequest;
import streamset.cluster.ProgramVersion;
import streamset.config.StackDraft;

@Tag("unit")
class VolumeClaimTest {
    private final StackDraft draft = StackDraft.minimal();

    @Test
    void isThereForEveryPodUnderTheNameThatItsStatefulSetLooksFor() {
        assertEquals(
                List.of("data-postgresql-sfs-0", "data-postgresql-sfs-1", "data-postgresql-sfs-2"),
                DeclaredStack.of(draft)
                        .requests("PersistentVolumeClaim")
                        .map(request -> DeclaredStack.object(request)
                                .at("/metadata/name")
                                .asString())
                        .sorted()
                        .toList());
        assertEquals(
                5,
                DeclaredStack.of(draft.with("replicas", "5"))
                        .requests("PersistentVolumeClaim")
                        .count());
    }

    @Test
    void asksForTheDeclaredSizeAndDoesNotWaitForThePod() {
        draft.with("storage", "{\"size\":\"20Gi\"}");
        assertEquals(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  annotations:
                    pulumi.com/patchForce: "true"
                    pulumi.com/skipAwait: "true"
                    streamset/keep: "true"
                    streamset/version: %s
                  labels:
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/managed-by: pulumi
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/part-of: streamset
                    app.kubernetes.io/version: 18
                  name: data-postgresql-sfs-1
                  namespace: postgresql
                spec:
                  accessModes:
                  - ReadWriteOnce
                  resources:
                    requests:
                      storage: 20Gi
                """.formatted(ProgramVersion.TEXT),
                DeclaredStack.yaml(DeclaredStack.of(draft).object("PersistentVolumeClaim", "postgresql-data-1")));
    }

    @Test
    void hasTheDeclaredClass() {
        draft.with("storage", "{\"size\":\"20Gi\",\"className\":\"fast\"}");
        assertEquals(
                """
                accessModes:
                - ReadWriteOnce
                resources:
                  requests:
                    storage: 20Gi
                storageClassName: fast
                """,
                DeclaredStack.yaml(DeclaredStack.of(draft)
                        .object("PersistentVolumeClaim", "postgresql-data-0")
                        .get("spec")));
    }

    @Test
    void keepsTheClassItWasMadeWith() {
        assertEquals(
                List.of("spec.storageClassName"),
                DeclaredStack.of(draft)
                        .request("PersistentVolumeClaim", "postgresql-data-0")
                        .getIgnoreChangesList());
    }

    @Test
    void isThereForWalToo() {
        draft.with("wal", "{\"volume\":{\"size\":\"4Gi\",\"className\":\"fast\"}}");
        var stack = DeclaredStack.of(draft);
        assertEquals(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  annotations:
                    pulumi.com/patchForce: "true"
                    pulumi.com/skipAwait: "true"
                    streamset/keep: "true"
                    streamset/version: %s
                  labels:
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/managed-by: pulumi
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/part-of: streamset
                    app.kubernetes.io/version: 18
                  name: wal-postgresql-sfs-2
                  namespace: postgresql
                spec:
                  accessModes:
                  - ReadWriteOnce
                  resources:
                    requests:
                      storage: 4Gi
                  storageClassName: fast
                """.formatted(ProgramVersion.TEXT),
                DeclaredStack.yaml(stack.object("PersistentVolumeClaim", "postgresql-wal-2")));
        assertEquals(6, stack.requests("PersistentVolumeClaim").count());
    }

    @Test
    void isKeptUnlessTheStackSaysOtherwise() {
        draft.with("wal", "{\"volume\":{\"size\":\"4Gi\"}}");
        assertEquals(List.of(true, true, true, true, true, true), retained());
        draft.with("keepVolumes", "false");
        assertEquals(List.of(false, false, false, false, false, false), retained());
    }

    private List<Boolean> retained() {
        return DeclaredStack.of(draft)
                .requests("PersistentVolumeClaim")
                .map(RegisterResourceRequest::getRetainOnDelete)
                .toList();
    }
}
