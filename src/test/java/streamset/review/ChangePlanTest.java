package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.node.DeployedNodes;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("unit")
class ChangePlanTest {
    private static final Path PROJECT = Path.of("");
    private static final String STACK_FILE = """
            config:
              kubernetes:context: kind
              streamset:replicas: 3
              streamset:parameters: {work_mem: 1MB, max_connections: 20}
            """;

    @TempDir
    private Path folder;

    private String reviewed;

    @BeforeEach
    void isReviewed() throws IOException {
        reviewed = Render.snapshot(PROJECT, "qa", stackFile(STACK_FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void findsNothingInAStackThatIsAsReviewed(String stack) throws IOException {
        var manifests = Files.readString(PROJECT.resolve("stacks/" + stack + "/manifests.yaml"));
        var plan = ChangePlan.text(
                PROJECT, stack, PROJECT.resolve("Pulumi." + stack + ".yaml"), manifests, "HEAD", new Problems());
        assertEquals("changes since HEAD: none\n", plan);
    }

    @Test
    void tellsWhatAnUpdateWillDo() throws IOException {
        assertEquals("""
                changes since HEAD~1: no pause

                  setting   from  to     by
                  work_mem  1MB   512kB  reload

                  steps
                    1. a separate server checks the conf files first; if it cannot run with them, the update ends before it changes anything: no pause
                    2. every pod gets the conf files within a few seconds, and its server reads them: no pause
                    3. postgresql-sfs-3, postgresql-sfs-4 start as standbys, by a clone or with the data that earlier pods have left; together they take 1 CPU, 1Gi of memory and 20Gi of volumes: no pause

                  replaced: only Jobs; all volumes stay, with their data
                """, plan(STACK_FILE.replace("1MB", "512kB").replace("replicas: 3", "replicas: 5")));
    }

    @Test
    void knowsWhatBecomesOfVolumes() throws IOException {
        var plan = plan(STACK_FILE.replace("replicas: 3", "replicas: 1"));
        assertTrue(
                plan.contains(
                        "postgresql-sfs-2, postgresql-sfs-1 and their slots are removed; their volumes stay: no pause\n"),
                plan);
        reviewed = Render.yaml(PROJECT, "qa", stackFile(STACK_FILE + "  streamset:keepVolumes: false\n"), false);
        plan = plan(STACK_FILE.replace("replicas: 3", "replicas: 1") + "  streamset:keepVolumes: false\n");
        assertTrue(
                plan.contains(
                        "postgresql-sfs-2, postgresql-sfs-1 and their slots are removed; their volumes are deleted with their data: no pause\n"),
                plan);
    }

    @Test
    void tellsOfAFirstDeploymentWhenNothingWasReviewed() throws IOException {
        reviewed = "";
        assertEquals("""
                first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0 as primary and 2 standbys, each with 10Gi.
                Volumes that an earlier cluster of this name has left are reused, with their data.
                """, plan(STACK_FILE));
    }

    @Test
    void refusesWhatCostsData() {
        assertRefused("""
                1 problem, nothing was changed

                streamset:storage.size = 5Gi
                problem                : the volumes have 10Gi, and volumes do not shrink
                fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                """, STACK_FILE + "  streamset:storage: {size: 5Gi}\n");
    }

    @Test
    void saysWhatToDoWhenTheReviewedObjectsAreNone() {
        reviewed = "kind: Pod\n";
        assertRefused("""
                1 problem, nothing was changed

                stacks/qa/manifests.yaml = as of HEAD~1
                problem                  : is not a rendered stack: it contains neither a StatefulSet nor a volume
                fix                      : make snapshots, and commit what it writes; or use another revision: BASE=<revision>
                """, STACK_FILE);
    }

    @Nested
    class OfACluster {
        private final List<JsonNode> found = new ArrayList<>();

        @BeforeEach
        void hasTheObjects() throws IOException {
            found.addAll(Render.objects(PROJECT, "qa", stackFile(STACK_FILE), DeployedNodes.NONE)
                    .json());
            found.removeIf(object -> Set.of("Namespace", "Secret")
                    .contains(object.get("kind").asString())); // kubectl is not asked for them
            found.replaceAll(ChangePlanTest::asTheServerHasIt);
        }

        @Test
        void findsNothingInWhatTheServerAddsToWhatIsDeclared() throws IOException {
            assertEquals("changes to what the namespace postgresql has: none\n", ofCluster(STACK_FILE));
        }

        @Test
        void tellsOfAFirstDeploymentWhenNothingIsThere() throws IOException {
            found.clear();
            assertEquals("""
                    first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0 as primary and 2 standbys, each with 10Gi.
                    Volumes that an earlier cluster of this name has left are reused, with their data.
                    """, ofCluster(STACK_FILE));
        }

        @Test
        void doesNotCountAnotherClusterInTheSameNamespace() throws IOException {
            found.addAll(Render.objects(
                            PROJECT,
                            "qa",
                            stackFile(STACK_FILE + "  streamset:name: orders\n  streamset:version: 17\n"),
                            DeployedNodes.NONE)
                    .json());
            assertEquals("changes to what the namespace postgresql has: none\n", ofCluster(STACK_FILE));
        }

        @Test
        void refusesWhatAClassDoesNotAllow() throws IOException {
            found.add(JsonMapper.shared().readTree("{\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"standard\"}}"));
            assertRefused("""
                    1 problem, nothing was changed

                    streamset:storage.size = 20Gi
                    problem                : data-postgresql-sfs-0, data-postgresql-sfs-1, data-postgresql-sfs-2 has 10Gi of the StorageClass standard, which does not let volumes grow (allowVolumeExpansion)
                    fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                                             or if its driver can: kubectl --context kind patch storageclass standard -p '{"allowVolumeExpansion":true}'
                                             or move to another StorageClass: docs/operations.md, Growing a volume
                    """);
        }

        @Test
        void growsWhatAClassAllows() throws IOException {
            found.add(
                    JsonMapper.shared()
                            .readTree(
                                    "{\"kind\":\"StorageClass\",\"metadata\":{\"name\":\"standard\"},\"allowVolumeExpansion\":true}"));
            var plan = ofCluster(STACK_FILE + "  streamset:storage: {size: 20Gi}\n");
            assertTrue(
                    plan.contains("data-postgresql-sfs-0 … data-postgresql-sfs-2 grow in place from 10Gi to 20Gi"),
                    plan);
        }

        @Test
        void leavesAClassThatItMayNotSeeToTheCluster() throws IOException {
            var plan = ofCluster(STACK_FILE + "  streamset:storage: {size: 20Gi}\n");
            assertTrue(plan.contains("grow in place"), plan);
        }

        @Test
        void refusesToChangeAClaimWithoutAVolume() {
            found.replaceAll(object -> {
                if (object.path("kind").asString().equals("PersistentVolumeClaim")) {
                    ((ObjectNode) object.get("status")).remove("capacity");
                }
                return object;
            });
            assertRefused("""
                    1 problem, nothing was changed

                    streamset:storage.size = 20Gi
                    problem                : data-postgresql-sfs-0, data-postgresql-sfs-1, data-postgresql-sfs-2 requests 10Gi and has no volume yet: only a claim with a volume can change
                    fix                    : kubectl --context kind -n postgresql delete statefulset postgresql-sfs && kubectl --context kind -n postgresql delete pvc data-postgresql-sfs-0 data-postgresql-sfs-1 data-postgresql-sfs-2
                                             (they are empty), then deploy again
                    """);
        }

        private void assertRefused(String message) {
            assertEquals(
                    message,
                    assertThrows(BadInput.class, () -> ofCluster(STACK_FILE + "  streamset:storage: {size: 20Gi}\n"))
                            .getMessage());
        }

        private String ofCluster(String stackFile) throws IOException {
            var list = JsonMapper.shared().createObjectNode();
            list.putArray("items").addAll(found);
            return ChangePlan.ofCluster(PROJECT, "qa", stackFile(stackFile), list.toString(), new Problems());
        }
    }

    /** With some of what API server and controllers add. */
    private static JsonNode asTheServerHasIt(JsonNode object) {
        var live = (ObjectNode) object.deepCopy();
        var metadata = (ObjectNode) live.get("metadata");
        metadata.put("uid", "1b2c").put("resourceVersion", "7").put("generation", 1);
        live.putObject("status");
        switch (live.get("kind").asString()) {
            case "PersistentVolumeClaim" -> {
                ((ObjectNode) metadata.get("annotations")).put("pv.kubernetes.io/bind-completed", "yes");
                metadata.putArray("finalizers").add("kubernetes.io/pvc-protection");
                ((ObjectNode) live.get("spec"))
                        .put("storageClassName", "standard")
                        .put("volumeMode", "Filesystem")
                        .put("volumeName", "pvc-1");
                ((ObjectNode) live.get("status")).putObject("capacity").put("storage", "10Gi");
            }
            case "Service" ->
                ((ObjectNode) live.get("spec"))
                        .put("clusterIP", live.at("/spec/clusterIP").asString("10.0.0.7"))
                        .put("type", "ClusterIP")
                        .put("sessionAffinity", "None")
                        .putArray("ipFamilies")
                        .add("IPv4");
            case "StatefulSet" -> {
                var spec = (ObjectNode) live.get("spec");
                spec.put("revisionHistoryLimit", 10)
                        .putObject("updateStrategy")
                        .put("type", "RollingUpdate")
                        .putObject("rollingUpdate")
                        .put("partition", 0);
                ((ObjectNode) spec.at("/template/metadata")).putNull("creationTimestamp");
                ((ObjectNode) spec.at("/template/metadata/annotations"))
                        .put("kubectl.kubernetes.io/restartedAt", "2026-01-01T00:00:00Z");
                ((ObjectNode) spec.at("/template/spec"))
                        .put("dnsPolicy", "ClusterFirst")
                        .put("restartPolicy", "Always")
                        .put("schedulerName", "default-scheduler");
                ((ObjectNode) spec.at("/template/spec/containers/0"))
                        .put("terminationMessagePath", "/dev/termination-log");
                ((ObjectNode) spec.at("/template/spec/containers/0/livenessProbe")).put("successThreshold", 1);
                ((ObjectNode) spec.at("/template/spec/containers/0/ports/0")).put("protocol", "TCP");
                ((ObjectNode) spec.at("/template/spec/volumes/0/configMap")).put("defaultMode", 420);
                ((ObjectNode) spec.at("/volumeClaimTemplates/0"))
                        .putObject("status")
                        .put("phase", "Pending");
            }
            case "Job" -> {
                var spec = (ObjectNode) live.get("spec");
                spec.put("completions", 1).put("parallelism", 1).put("suspend", false);
                spec.putObject("selector").putObject("matchLabels").put("batch.kubernetes.io/controller-uid", "2");
                ((ObjectNode) spec.at("/template/metadata/labels")).put("job-name", "7");
            }
            default -> {}
        }
        return live;
    }

    private void assertRefused(String message, String stackFile) {
        assertEquals(
                message, assertThrows(BadInput.class, () -> plan(stackFile)).getMessage());
    }

    private String plan(String stackFile) throws IOException {
        return ChangePlan.text(PROJECT, "qa", stackFile(stackFile), reviewed, "HEAD~1", new Problems());
    }

    private Path stackFile(String text) throws IOException {
        return Files.writeString(folder.resolve("Pulumi.qa.yaml"), text);
    }
}
