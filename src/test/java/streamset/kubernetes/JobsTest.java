package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;

@Tag("unit")
class JobsTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;
    private StackDraft draft;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
        draft = StackDraft.withPasswords("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handover", "replicator", "reload", "slots"})
    void runAScriptWithoutAnyRights(String purpose) {
        var job = declared().object("Job", "postgresql-" + purpose);
        assertEquals("""
                apiVersion: batch/v1
                kind: Job
                metadata:
                  annotations:
                    pulumi.com/replaceUnready: "true"
                  labels:
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/managed-by: pulumi
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/part-of: streamset
                  name: %2$s
                  namespace: postgresql
                spec:
                  activeDeadlineSeconds: 600
                  backoffLimit: 3
                  template:
                    metadata:
                      labels:
                        app.kubernetes.io/component: %1$s
                        app.kubernetes.io/instance: postgresql
                        app.kubernetes.io/managed-by: pulumi
                        app.kubernetes.io/name: postgresql
                        app.kubernetes.io/part-of: streamset
                    spec:
                      automountServiceAccountToken: false
                      containers:
                      - command:
                        - bash
                        - /etc/streamset/scripts/%1$s.sh
                        image: docker.io/library/postgres:18
                        imagePullPolicy: IfNotPresent
                        name: %1$s
                        resources:
                          limits:
                            memory: 64Mi
                          requests:
                            cpu: 50m
                            memory: 64Mi
                        securityContext:
                          allowPrivilegeEscalation: false
                          capabilities:
                            drop:
                            - ALL
                          readOnlyRootFilesystem: true
                        volumeMounts:
                        - mountPath: /etc/streamset/scripts
                          name: scripts
                          readOnly: true
                        - mountPath: /etc/streamset/passwords
                          name: passwords
                          readOnly: true
                        - mountPath: /tmp
                          name: tmp
                      enableServiceLinks: false
                      restartPolicy: Never
                      securityContext:
                        fsGroup: 999
                        fsGroupChangePolicy: OnRootMismatch
                        runAsGroup: 999
                        runAsNonRoot: true
                        runAsUser: 999
                        seccompProfile:
                          type: RuntimeDefault
                      volumes:
                      - configMap:
                          name: postgresql-scripts
                        name: scripts
                      - name: passwords
                        secret:
                          defaultMode: 288
                          secretName: postgresql-passwords
                      - emptyDir: {}
                        name: tmp
                """.formatted(purpose, job.at("/metadata/name").asString()), DeclaredStack.yaml(job));
    }

    @ParameterizedTest
    @ValueSource(strings = {"handover", "replicator", "reload", "slots"})
    void haveADigestInTheirName(String purpose) {
        var name = name(purpose);
        assertTrue(name.matches("postgresql-" + purpose + "-[0-9a-f]{10}"), name);
        assertEquals(name, name(purpose));
    }

    @ParameterizedTest
    @ValueSource(strings = {"handover", "replicator", "reload", "slots"})
    void doNotWaitForTheServersThatWaitForThem(String purpose) {
        var needs = declared().request("Job", "postgresql-" + purpose).getDependenciesList();
        assertTrue(needs.stream().noneMatch(urn -> urn.contains("StatefulSet")), needs::toString);
        assertTrue(needs.stream().anyMatch(urn -> urn.endsWith("::postgresql-scripts")), needs::toString);
        assertTrue(needs.stream().anyMatch(urn -> urn.endsWith("::postgresql-passwords")), needs::toString);
    }

    @Nested
    class ReplicatorRunsAgain {
        private String before;

        @BeforeEach
        void remember() {
            before = name("replicator");
        }

        @Test
        void whenThePasswordOfTheRoleHasChanged() {
            draft = StackDraft.withPasswords("one", "three");
            assertNotEquals(before, name("replicator"));
        }

        @Test
        void whenThePasswordThatItConnectsWithHasChanged() {
            draft = StackDraft.withPasswords("three", "two");
            assertNotEquals(before, name("replicator"));
        }

        @Test
        void whenAnotherSecretIsNamed() {
            draft = StackDraft.minimal().with("secretName", "one");
            var one = name("replicator");
            assertNotEquals(before, one);
            draft.with("secretName", "two");
            assertNotEquals(one, name("replicator"));
        }

        @Test
        void whenTheImageHasChanged() {
            draft.with("image", "postgres:18.1");
            assertNotEquals(before, name("replicator"));
        }

        @Test
        void butNotForMorePodsOtherFilesOrOtherResources() {
            project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF.replace("trust", "peer"))
                    .base("postgresql.conf", "jit = off\n");
            draft.with("replicas", "5")
                    .with("resources", "{\"cpu\":\"2\"}")
                    .with("parameters", "{\"work_mem\":\"1MB\"}")
                    .with("storage", "{\"size\":\"20Gi\"}");
            assertEquals(before, name("replicator"));
        }
    }

    @Nested
    class ReloadRunsAgain {
        private String before;

        @BeforeEach
        void remember() {
            before = name("reload");
        }

        @Test
        void whenPgHbaConfHasChanged() {
            project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF.replace("trust", "peer"));
            assertNotEquals(before, name("reload"));
        }

        @Test
        void whenPostgresqlConfHasChanged() {
            project.base("postgresql.conf", "jit = off\n");
            assertNotEquals(before, name("reload"));
        }

        @Test
        void whenThereAreMorePods() {
            draft.with("replicas", "5");
            assertNotEquals(before, name("reload"));
        }

        @Test
        void butNotForOtherPasswordsOrVolumesOrAnotherPrimary() {
            draft = StackDraft.withPasswords("three", "four")
                    .with("keepVolumes", "false")
                    .with("primary", "1");
            assertEquals(before, name("reload"));
        }
    }

    @Nested
    class SlotsRunsAgain {
        private String before;

        @BeforeEach
        void remember() {
            before = name("slots");
        }

        @Test
        void whenThereAreMoreOrFewerPods() {
            draft.with("replicas", "5");
            var five = name("slots");
            draft.with("replicas", "1");
            var one = name("slots");
            assertNotEquals(before, five);
            assertNotEquals(before, one);
            assertNotEquals(five, one);
        }

        @Test
        void butNotForOtherFilesPasswordsOrResources() {
            project.base("pg_hba.conf", "# other\n" + ProjectDraft.PG_HBA_CONF).base("postgresql.conf", "jit = off\n");
            draft = StackDraft.withPasswords("three", "four")
                    .with("resources", "{\"cpu\":\"2\"}")
                    .with("storage", "{\"size\":\"20Gi\"}")
                    .with("wal", "{\"volume\":{\"size\":\"4Gi\"}}");
            assertEquals(before, name("slots"));
        }
    }

    @Nested
    class HandoverRunsAgain {
        private String before;

        @BeforeEach
        void remember() {
            before = name("handover");
        }

        @Test
        void whenAnotherPrimaryIsDeclaredOrAPodLost() {
            draft.with("primary", "1");
            var second = name("handover");
            draft.with("lost", "[0]");
            var forced = name("handover");
            assertNotEquals(before, second);
            assertNotEquals(second, forced);
            draft.without("lost").with("primary", "0");
            assertEquals(before, name("handover"));
        }

        @Test
        void butNotForMorePodsOtherFilesOrResources() {
            project.base("postgresql.conf", "jit = off\n");
            draft.with("replicas", "5").with("resources", "{\"cpu\":\"2\"}");
            assertEquals(before, name("handover"));
        }
    }

    private String name(String purpose) {
        return declared()
                .object("Job", "postgresql-" + purpose)
                .at("/metadata/name")
                .asString();
    }

    private DeclaredStack declared() {
        return DeclaredStack.of(draft, folder, ProjectDraft.STACK);
    }
}
