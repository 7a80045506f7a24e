package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class PostgresStatefulSetTest {
    private static final String SERVICE = "PRIMARY_SERVICE=postgresql-primary\n";
    private static final List<String> CONTAINERS = List.of("initContainers", "containers");

    private final StackDraft draft = StackDraft.minimal();

    @Test
    void startsAllPodsAtOnceBehindTheHeadlessService() {
        var spec = statefulSet().get("spec");
        assertEquals("Parallel", spec.get("podManagementPolicy").asString());
        assertEquals("postgresql-svc", spec.get("serviceName").asString());
        assertEquals(3, spec.get("replicas").asInt());
    }

    @Test
    void selectsItsPodsByLabelsThatNeverChange() {
        assertEquals("""
                matchLabels:
                  app.kubernetes.io/component: server
                  app.kubernetes.io/instance: postgresql
                  app.kubernetes.io/name: postgresql
                """, DeclaredStack.yaml(statefulSet().at("/spec/selector")));
        assertEquals("""
                app.kubernetes.io/component: server
                app.kubernetes.io/instance: postgresql
                app.kubernetes.io/managed-by: pulumi
                app.kubernetes.io/name: postgresql
                app.kubernetes.io/part-of: streamset
                app.kubernetes.io/version: 18
                """, DeclaredStack.yaml(statefulSet().at("/spec/template/metadata/labels")));
    }

    @Test
    void looksForTheClaimsThatAreResourcesOfTheirOwn() {
        draft.with("storage", "{\"size\":\"20Gi\",\"className\":\"fast\"}");
        var stack = DeclaredStack.of(draft);
        assertEquals("""
                - metadata:
                    name: data
                  spec:
                    accessModes:
                    - ReadWriteOnce
                    resources:
                      requests:
                        storage: 20Gi
                    storageClassName: fast
                """, DeclaredStack.yaml(statefulSet(stack).at("/spec/volumeClaimTemplates")));
        assertEquals(
                List.of("spec.volumeClaimTemplates"),
                stack.request("StatefulSet", "postgresql-sfs").getIgnoreChangesList());
    }

    @Test
    void looksForTheClaimsOfAVolumeForWalToo() {
        draft.with("wal", "{\"volume\":{\"size\":\"4Gi\",\"className\":\"fast\"}}");
        assertEquals("""
                - metadata:
                    name: data
                  spec:
                    accessModes:
                    - ReadWriteOnce
                    resources:
                      requests:
                        storage: 10Gi
                - metadata:
                    name: wal
                  spec:
                    accessModes:
                    - ReadWriteOnce
                    resources:
                      requests:
                        storage: 4Gi
                    storageClassName: fast
                """, DeclaredStack.yaml(statefulSet().at("/spec/volumeClaimTemplates")));
    }

    @Test
    void runsTheNodeScripts() {
        var pod = pod();
        assertEquals("init", pod.at("/initContainers/0/name").asString());
        assertEquals("postgresql", pod.at("/containers/0/name").asString());
        assertEquals(
                "- bash\n- /etc/streamset/scripts/init.sh\n", DeclaredStack.yaml(pod.at("/initContainers/0/command")));
        assertEquals(
                "- bash\n- /etc/streamset/scripts/start.sh\n", DeclaredStack.yaml(pod.at("/containers/0/command")));
    }

    @Test
    void runsTheImageOfTheVersion() {
        draft.with("version", "15");
        for (var container : CONTAINERS) {
            assertEquals(
                    "docker.io/library/postgres:15",
                    pod().at("/" + container + "/0/image").asString());
        }
    }

    @Test
    void saysWhereTheDataAreAndWhatTheirWalIsLike() {
        assertEquals("""
                PGDATA=/var/lib/postgresql/data/pgdata
                WAL_SEGMENT_MEGABYTES=16
                POSTGRES_MAJOR=18
                """, environment("initContainers"));
        assertEquals(environment("initContainers") + SERVICE, environment("containers"));

        draft.with("wal", "{\"segmentSize\":\"64MB\",\"volume\":{\"size\":\"4Gi\"}}");
        assertEquals("""
                PGDATA=/var/lib/postgresql/data/pgdata
                WAL_SEGMENT_MEGABYTES=64
                POSTGRES_MAJOR=18
                WALDIR=/var/lib/postgresql/wal/pg_wal
                """, environment("initContainers"));
        assertEquals(environment("initContainers") + SERVICE, environment("containers"));
    }

    private String environment(String containers) {
        return pod().at("/" + containers + "/0/env")
                .valueStream()
                .filter(variable -> !variable.get("name").asString().equals("POD_DIGEST"))
                .map(variable -> variable.get("name").asString() + "="
                        + variable.get("value").asString() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void givesEveryContainerTheCpuAndMemoryItRequestsAndNoMore() {
        draft.with("resources", "{\"cpu\":\"1.5\",\"memory\":\"2Gi\"}");
        for (var container : CONTAINERS) {
            assertEquals("""
                    limits:
                      cpu: 1500m
                      ephemeral-storage: 1Gi
                      memory: 2Gi
                    requests:
                      cpu: 1500m
                      ephemeral-storage: 128Mi
                      memory: 2Gi
                    """, DeclaredStack.yaml(pod().at("/" + container + "/0/resources")));
        }
    }

    @Test
    void asksTheServerItselfHowItIs() {
        var container = pod().at("/containers/0");
        assertEquals("""
                exec:
                  command:
                  - bash
                  - /etc/streamset/scripts/probes/started.sh
                failureThreshold: 3600
                periodSeconds: 1
                timeoutSeconds: 5
                """, DeclaredStack.yaml(container.get("startupProbe")));
        assertEquals("""
                exec:
                  command:
                  - bash
                  - /etc/streamset/scripts/probes/ready.sh
                failureThreshold: 2
                periodSeconds: 5
                timeoutSeconds: 5
                """, DeclaredStack.yaml(container.get("readinessProbe")));
        assertEquals("""
                exec:
                  command:
                  - bash
                  - /etc/streamset/scripts/probes/alive.sh
                failureThreshold: 12
                periodSeconds: 5
                timeoutSeconds: 5
                """, DeclaredStack.yaml(container.get("livenessProbe")));
    }

    @Test
    void mayTakeItsTimeToShutDown() {
        assertEquals(66, pod().get("terminationGracePeriodSeconds").asInt());
        draft.with("resources", "{\"memory\":\"16Gi\"}").with("storage", "{\"size\":\"100Gi\"}");
        assertEquals(264, pod().get("terminationGracePeriodSeconds").asInt());
    }

    @Test
    void hasNoRightsBeyondItsOwnFiles() {
        var pod = pod();
        assertEquals("""
                fsGroup: 999
                fsGroupChangePolicy: OnRootMismatch
                runAsGroup: 999
                runAsNonRoot: true
                runAsUser: 999
                seccompProfile:
                  type: RuntimeDefault
                """, DeclaredStack.yaml(pod.get("securityContext")));
        for (var container : CONTAINERS) {
            assertEquals("""
                    allowPrivilegeEscalation: false
                    capabilities:
                      drop:
                      - ALL
                    readOnlyRootFilesystem: true
                    """, DeclaredStack.yaml(pod.at("/" + container + "/0/securityContext")));
        }
        assertEquals("false", pod.get("automountServiceAccountToken").asString());
        assertEquals("false", pod.get("enableServiceLinks").asString());
    }

    @Test
    void spreadsItsPodsOverTheNodesWhereItCan() {
        assertEquals("""
                - labelSelector:
                    matchLabels:
                      app.kubernetes.io/component: server
                      app.kubernetes.io/instance: postgresql
                      app.kubernetes.io/name: postgresql
                  maxSkew: 1
                  topologyKey: kubernetes.io/hostname
                  whenUnsatisfiable: ScheduleAnyway
                """, DeclaredStack.yaml(pod().get("topologySpreadConstraints")));
    }

    @Test
    void mountsItsVolumesWhereTheServerLooksForThem() {
        assertEquals("""
                data /var/lib/postgresql/data
                configs /etc/streamset/conf read-only
                conf /etc/postgresql
                scripts /etc/streamset/scripts read-only
                topology /etc/streamset/topology read-only
                passwords /etc/streamset/passwords read-only
                run /var/run/postgresql
                tmp /tmp
                """, mounts("initContainers"));
        assertEquals("""
                data /var/lib/postgresql/data
                configs /etc/streamset/conf read-only
                conf /etc/postgresql
                scripts /etc/streamset/scripts read-only
                topology /etc/streamset/topology read-only
                passwords /etc/streamset/passwords read-only
                run /var/run/postgresql
                tmp /tmp
                shm /dev/shm
                """, mounts("containers"));
        assertEquals("""
                - configMap:
                    name: postgresql-configs
                  name: configs
                - emptyDir:
                    sizeLimit: 16Mi
                  name: conf
                - configMap:
                    name: postgresql-topology
                  name: topology
                - name: passwords
                  secret:
                    defaultMode: 288
                    secretName: passwords
                - emptyDir:
                    sizeLimit: 64Mi
                  name: run
                - emptyDir:
                    sizeLimit: 256Mi
                  name: tmp
                - emptyDir:
                    medium: Memory
                    sizeLimit: 512Mi
                  name: shm
                """, DeclaredStack.yaml(withoutScripts(pod().get("volumes"))));
    }

    /** Which are tested with their ConfigMap. */
    private static JsonNode withoutScripts(JsonNode volumes) {
        var others = JsonMapper.shared().createArrayNode();
        volumes.valueStream()
                .filter(volume -> !volume.get("name").asString().equals("scripts"))
                .forEach(others::add);
        return others;
    }

    @Test
    void mountsAVolumeForWalInBothContainers() {
        var without = List.of(mounts("initContainers"), mounts("containers"));
        draft.with("wal", "{\"volume\":{\"size\":\"4Gi\"}}");

        var mount = "data /var/lib/postgresql/data\n";
        assertEquals(
                without.stream()
                        .map(mounts -> mounts.replace(mount, mount + "wal /var/lib/postgresql/wal\n"))
                        .toList(),
                List.of(mounts("initContainers"), mounts("containers")));
    }

    private String mounts(String containers) {
        return pod().at("/" + containers + "/0/volumeMounts")
                .valueStream()
                .map(mount -> mount.get("name").asString() + " "
                        + mount.get("mountPath").asString() + (mount.has("readOnly") ? " read-only\n" : "\n"))
                .collect(Collectors.joining());
    }

    @Test
    void waitsForWhatItsPodsReadAndForItsClaims() {
        var needs = DeclaredStack.of(StackDraft.withPasswords("one", "two")
                        .with("namespace", "shop")
                        .with("wal", "{\"volume\":{\"size\":\"4Gi\"}}"))
                .request("StatefulSet", "postgresql-sfs")
                .getDependenciesList()
                .stream()
                .map(urn -> urn.substring(urn.lastIndexOf(':') + 1))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "postgresql-candidate",
                        "postgresql-configs",
                        "postgresql-data-0",
                        "postgresql-data-1",
                        "postgresql-data-2",
                        "postgresql-jobs",
                        "postgresql-logins",
                        "postgresql-namespace",
                        "postgresql-passwords",
                        "postgresql-scripts",
                        "postgresql-svc",
                        "postgresql-topology",
                        "postgresql-wal-0",
                        "postgresql-wal-1",
                        "postgresql-wal-2"),
                needs);
    }

    @Nested
    class PodTemplate {
        @TempDir
        private Path folder;

        private String template() {
            var stack = DeclaredStack.of(draft, folder, ProjectDraft.STACK);
            return DeclaredStack.yaml(statefulSet(stack).at("/spec/template"));
        }

        @Test
        void isTheSameWithMorePods() {
            ProjectDraft.in(folder)
                    .base("pg_hba.conf", "host replication replicator ${pods} md5\n" + ProjectDraft.PG_HBA_CONF);
            var three = template();
            draft.with("replicas", "5");
            assertEquals(three, template());
        }

        @Test
        void isTheSameWithAnotherPgHbaConf() {
            var project = ProjectDraft.in(folder);
            var before = template();
            project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF.replace("trust", "peer"));
            assertEquals(before, template());
        }

        @Test
        void isTheSameWithOtherPasswords() {
            ProjectDraft.in(folder);
            draft.without("secretName").withSecret("passwords", "{\"postgres\":\"one\",\"replicator\":\"two\"}");
            var before = template();
            draft.withSecret("passwords", "{\"postgres\":\"three\",\"replicator\":\"four\"}");
            assertEquals(before, template());
        }

        @Test
        void isTheSameWithALargerVolumeAndPinnedWal() {
            ProjectDraft.in(folder).base("postgresql.conf", "max_wal_size = 1GB\nmin_wal_size = 80MB\n");
            draft.with("wal", "{\"keepSize\":\"152MB\"}");
            var before = template();
            draft.with("storage", "{\"size\":\"20Gi\"}");
            assertEquals(before, template());
        }

        @Test
        void changesWithASettingSoThatTheServersAreRestarted() {
            var project = ProjectDraft.in(folder);
            var before = template();
            project.base("postgresql.conf", "wal_level = logical\n");
            var after = template();
            assertNotEquals(before, after);
            assertEquals(withoutDigests(before), withoutDigests(after));
        }

        private String withoutDigests(String template) {
            assertTrue(template.contains("    streamset/restart: "), template);
            return template.replaceFirst("    streamset/restart: .*", "")
                    .replaceAll("- name: POD_DIGEST\n +value: .*", "");
        }
    }

    private JsonNode statefulSet() {
        return statefulSet(DeclaredStack.of(draft));
    }

    private static JsonNode statefulSet(DeclaredStack stack) {
        return stack.object("StatefulSet", "postgresql-sfs");
    }

    private JsonNode pod() {
        return statefulSet().at("/spec/template/spec");
    }
}
