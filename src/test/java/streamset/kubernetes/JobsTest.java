package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ProgramVersion;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import tools.jackson.databind.JsonNode;

@Tag("unit")
class JobsTest {
    private static final String ALL_PASSWORDS = "          secretName: postgresql-passwords";
    private static final String ONE_PASSWORD =
            "          items:\n          - key: streamset\n            path: streamset\n"
                    + "          secretName: postgresql-logins";
    private static final Set<String> AS_NODES = Set.of("handover", "writable", "restarted", "slots");
    private static final String CONF_MOUNT = """
                    - mountPath: /etc/streamset/conf
                      name: configs
                      readOnly: true
            """;
    private static final String CONF_VOLUME = """
                  - configMap:
                      name: postgresql-configs
                    name: configs
            """;

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
    @CsvSource({
        "handover, handover.sh, ready",
        "writable, handover.sh,",
        "replicator, replicator.sh,",
        "reload, reload.sh,",
        "restarted, restarted.sh, lost",
        "slots, slots.sh,",
    })
    void runAScriptWithoutAnyRights(String purpose, String script, String argument) {
        var job = declared().object("Job", "postgresql-" + purpose);
        assertEquals(
                """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  annotations:
                    pulumi.com/replaceUnready: "true"
                    streamset/version: %4$s
                  labels:
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/managed-by: pulumi
                    app.kubernetes.io/name: postgresql
                    app.kubernetes.io/part-of: streamset
                    app.kubernetes.io/version: 18
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
                        app.kubernetes.io/version: 18
                    spec:
                      automountServiceAccountToken: false
                      containers:
                      - command:
                        - bash
                        - /etc/streamset/scripts/jobs/%6$s
                        image: docker.io/library/postgres:18
                        imagePullPolicy: IfNotPresent
                        name: %1$s
                        resources:
                          limits:
                            ephemeral-storage: 306Mi
                            memory: 64Mi
                          requests:
                            cpu: 50m
                            ephemeral-storage: 64Mi
                            memory: 64Mi
                        securityContext:
                          allowPrivilegeEscalation: false
                          capabilities:
                            drop:
                            - ALL
                          readOnlyRootFilesystem: true
                        terminationMessagePolicy: FallbackToLogsOnError
                        volumeMounts:
                        - mountPath: /etc/streamset/scripts
                          name: scripts
                          readOnly: true
                        - mountPath: /etc/streamset/topology
                          name: topology
                          readOnly: true
                        - mountPath: /etc/streamset/passwords
                          name: passwords
                          readOnly: true
                        - mountPath: /tmp
                          name: tmp
                %7$s      enableServiceLinks: false
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
                %3$s
                          name: %5$s
                        name: scripts
                      - configMap:
                          name: postgresql-topology
                        name: topology
                      - name: passwords
                        secret:
                          defaultMode: 288
                %9$s
                      - emptyDir:
                          sizeLimit: 256Mi
                        name: tmp
                %8$s""".formatted(
                                purpose,
                                job.at("/metadata/name").asString(),
                                items(job),
                                ProgramVersion.TEXT,
                                declared()
                                        .object("ConfigMap", "postgresql-jobs")
                                        .at("/metadata/name")
                                        .asString(),
                                script + (argument == null ? "" : "\n        - " + argument),
                                purpose.equals("reload") ? CONF_MOUNT : "",
                                purpose.equals("reload") ? CONF_VOLUME : "",
                                AS_NODES.contains(purpose) ? ONE_PASSWORD : ALL_PASSWORDS),
                DeclaredStack.yaml(job));
    }

    /** Tested with the ConfigMap. */
    private static String items(JsonNode job) {
        var items = DeclaredStack.yaml(job.at("/spec/template/spec/volumes/0/configMap/items"));
        return ("items:\n" + items).indent(10).stripTrailing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "handover", "writable", "replicator", "reload", "restarted", "slots"})
    void haveADigestInTheirName(String purpose) {
        var name = name(purpose);
        assertTrue(name.matches("postgresql-" + purpose + "-[0-9a-f]{10}"), name);
        assertEquals(name, name(purpose));
    }

    @ParameterizedTest
    @ValueSource(strings = {"handover", "writable", "replicator", "reload", "restarted", "slots"})
    void doNotWaitForTheServersThatWaitForThem(String purpose) {
        var needs = declared().request("Job", "postgresql-" + purpose).getDependenciesList();
        assertTrue(needs.stream().noneMatch(urn -> urn.contains("StatefulSet")), needs::toString);
        assertTrue(needs.stream().anyMatch(urn -> urn.endsWith("::postgresql-topology")), needs::toString);
        assertTrue(needs.stream().anyMatch(urn -> urn.endsWith("::postgresql-passwords")), needs::toString);
    }

    @Test
    void checkFilesWithAServerThatIsAsThoseOfThePods() {
        draft.with("resources", "{\"cpu\":\"2\",\"memory\":\"4Gi\"}").with("wal", "{\"segmentSize\":\"64MB\"}");
        var stack = declared();
        var pod = stack.object("Job", "postgresql-check").at("/spec/template/spec");
        assertEquals("""
                limits:
                  ephemeral-storage: 690Mi
                  memory: 4Gi
                requests:
                  cpu: 50m
                  ephemeral-storage: 384Mi
                  memory: 64Mi
                """, DeclaredStack.yaml(pod.at("/containers/0/resources")));
        assertEquals("""
                - name: PGDATA
                  value: /var/lib/postgresql/data/pgdata
                - name: WAL_SEGMENT_MEGABYTES
                  value: 64
                - name: POSTGRES_MAJOR
                  value: 18
                """, DeclaredStack.yaml(pod.at("/containers/0/env")));
        assertEquals("""
                - mountPath: /var/lib/postgresql/data
                  name: data
                - mountPath: /etc/postgresql
                  name: configs
                  readOnly: true
                - mountPath: /etc/streamset/scripts
                  name: scripts
                  readOnly: true
                - mountPath: /var/run/postgresql
                  name: run
                - mountPath: /tmp
                  name: tmp
                - mountPath: /dev/shm
                  name: shm
                """, DeclaredStack.yaml(pod.at("/containers/0/volumeMounts")));
        assertEquals(
                stack.object("ConfigMap", "postgresql-candidate")
                        .at("/metadata/name")
                        .asString(),
                pod.at("/volumes/1/configMap/name").asString());
        assertEquals(
                stack.object("ConfigMap", "postgresql-configs").get("data"),
                stack.object("ConfigMap", "postgresql-candidate").get("data"));
        assertEquals(
                0,
                stack.object("Job", "postgresql-check").at("/spec/backoffLimit").asInt());
    }

    @Nested
    class CheckRunsAgain {
        private String before;

        @BeforeEach
        void remember() {
            before = name("check");
        }

        @Test
        void whenAFileHasChanged() {
            project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF.replace("trust", "peer"));
            assertNotEquals(before, name("check"));
        }

        @Test
        void whenThePodsGetAnotherImageOrOtherResources() {
            draft.with("image", "postgres:18.1");
            var image = name("check");
            assertNotEquals(before, image);
            draft.without("image").with("resources", "{\"cpu\":\"750m\"}");
            assertNotEquals(before, name("check"));
        }

        @Test
        void butNotForOtherPasswordsOrRoles() {
            draft = StackDraft.withPasswords("three", "four")
                    .with("primary", "1")
                    .with("lost", "[0]");
            assertEquals(before, name("check"));
        }
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
    class RestartedRunsAgain {
        private String before;

        @BeforeEach
        void remember() {
            before = name("restarted");
        }

        @Test
        void whenPodsRestart() {
            draft.with("resources", "{\"cpu\":\"2\"}");
            var larger = name("restarted");
            assertNotEquals(before, larger);
            draft.with("parameters", "{\"max_connections\":\"50\"}"); // which only a restart applies
            assertNotEquals(larger, name("restarted"));
        }

        @Test
        void whenThereAreMoreOrFewerPods() {
            draft.with("replicas", "5");
            var five = name("restarted");
            draft.with("replicas", "1");
            var one = name("restarted");
            assertNotEquals(before, five);
            assertNotEquals(before, one);
            assertNotEquals(five, one);
        }

        @Test
        void whenOtherPodsAreLost() {
            draft.with("lost", "[2]");
            assertNotEquals(before, name("restarted"));
        }

        @Test
        void butNotForOtherFilesPasswordsOrVolumesOrAnotherPrimary() {
            project.base("pg_hba.conf", "# other\n" + ProjectDraft.PG_HBA_CONF).base("postgresql.conf", "jit = off\n");
            draft = StackDraft.withPasswords("three", "four")
                    .with("keepVolumes", "false")
                    .with("primary", "1");
            assertEquals(before, name("restarted"));
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
