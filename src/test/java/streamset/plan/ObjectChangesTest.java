package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ProgramVersion;
import streamset.node.Labels;
import tools.jackson.databind.node.ObjectNode;

/** What a plan says of differences that no setting explains. */
@Tag("unit")
class ObjectChangesTest {
    private static final String REPLACED = "\n  replaced: only Jobs; all volumes stay, with their data\n";

    @TempDir
    private Path folder;

    private Change change;

    @BeforeEach
    void threePodsThatSayNothingParticular() {
        change = new Change(folder);
    }

    private void isPlannedAsStep(String step) {
        change.isPlanned("no pause", "\n  steps\n    1. " + step + ": no pause\n" + REPLACED);
    }

    @Nested
    class OfWhatStays {
        @Test
        void volumesThatAreNoLongerKept() {
            change.after("keepVolumes", "false");
            isPlannedAsStep(
                    "from now on, volumes are deleted with their data when their pods, or the stack, are no longer declared");
        }

        @Test
        void volumesThatAreKept() {
            change.before("keepVolumes", "false");
            isPlannedAsStep("from now on, volumes stay when their pods, or the stack, are no longer declared");
        }

        @Test
        void aNamespaceThatNoLongerBelongsToTheStack() {
            change.after("createNamespace", "false");
            isPlannedAsStep("the namespace postgresql no longer belongs to the stack, and stays with everything in it");
        }

        @Test
        void aNamespaceThatBelongsToTheStack() {
            change.before("createNamespace", "false");
            isPlannedAsStep("the namespace postgresql belongs to the stack from now on");
        }

        @Test
        void oldDataOfLostPods() {
            change.after("keepDiverged", "true");
            isPlannedAsStep(
                    "from now on, a lost pod that returns keeps a copy of its old data, if its volume has room for it");
        }

        @Test
        void noOldDataOfLostPods() {
            change.before("keepDiverged", "true");
            isPlannedAsStep("a lost pod that returns no longer keeps a copy of its old data");
        }
    }

    @Nested
    class OfHugePages {
        @Test
        void isOneRowForAllContainers() {
            change.key(
                    "resources",
                    "{\"cpu\":\"1\",\"memory\":\"16Gi\"}",
                    "{\"cpu\":\"1\",\"memory\":\"16Gi\",\"hugePages\":\"4Gi\"}");
            var there = change.plan();
            assertTrue(there.contains("  streamset:resources.hugePages  ''  "), there);
            assertFalse(there.contains("hugepages-2Mi"), there);
            change.before("resources", "{\"cpu\":\"1\",\"memory\":\"16Gi\",\"hugePages\":\"4Gi\"}")
                    .after("resources", "{\"cpu\":\"1\",\"memory\":\"16Gi\"}");
            var back = change.plan();
            assertTrue(back.contains("  streamset:resources.hugePages  4Gi "), back);
            assertFalse(back.contains("hugepages-2Mi"), back);
        }
    }

    @Nested
    class OfServices {
        @Test
        void aLoadBalancer() {
            change.after("services", "{\"type\":\"LoadBalancer\",\"loadBalancerSourceRanges\":[\"10.0.0.0/8\"]}");
            change.isPlanned("no pause", """

                      steps
                        1. Service postgresql-read, Service postgresql-primary change: spec.loadBalancerSourceRanges from (not set) to ["10.0.0.0/8"]: no pause
                        2. Service postgresql-read, Service postgresql-primary change: spec.type from (not set) to LoadBalancer: no pause
                    """ + REPLACED);
        }
    }

    @Nested
    class OfClients {
        private static final String SHOP = "[{\"podSelector\":{\"matchLabels\":{\"app\":\"shop\"}}}]";

        @Test
        void whoAreTheOnlyOnesFromNowOn() {
            change.after("clients", SHOP);
            change.isPlanned("no pause", """

                      steps
                        1. NetworkPolicy postgresql-servers does not exist and is created: no pause
                        2. NetworkPolicy postgresql-jobs does not exist and is created: no pause
                    """ + REPLACED);
        }

        @Test
        void whoAreOthers() {
            change.key("clients", SHOP, "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"}}]");
            change.isPlanned("no pause", """

                      steps
                        1. NetworkPolicy postgresql-servers changes: spec.ingress from [{"from":[{"podS…,{"from":[{"podSelector":{"matchLabels":{"… to [{"from":[{"podS…,{"from":[{"ipBlock":{"cidr":"10.0.0.0/8"}…: no pause
                    """ + REPLACED);
        }

        @Test
        void whoAreEverybodyAgain() {
            change.before("clients", SHOP);
            change.isPlanned("no pause", """

                      steps
                        1. NetworkPolicy postgresql-servers is no longer declared and is removed: no pause
                        2. NetworkPolicy postgresql-jobs is no longer declared and is removed: no pause
                    """ + REPLACED);
        }
    }

    @Nested
    class OfPods {
        @Test
        void theirNodes() {
            change.key(
                    "scheduling",
                    "{\"spread\":{\"hosts\":\"soft\"}}",
                    "{\"spread\":{\"hosts\":\"hard\"},\"nodeSelector\":{\"disktype\":\"nvme\"}}");
            var plan = change.plan();
            for (var row : new String[] {
                "pod.spec.nodeSelector|(not set)|{\"disktype\":\"nvme\"}|restart",
                "pod.spec.topologySpreadConstraints[kubernetes.io/hostname].whenUnsatisfiable|ScheduleAnyway|DoNotSchedule|restart"
            }) {
                assertTrue(plan.replaceAll(" {2,}", "|").contains("|" + row + "\n"), () -> row + " is not in\n" + plan);
            }
            assertFalse(plan.contains("passwords"), plan);
        }

        @Test
        void aPullPolicy() {
            container("imagePullPolicy", "Always");
            isRestartWithRow("pod.spec.containers[postgresql].imagePullPolicy  Always  IfNotPresent  restart");
        }

        @Test
        void aProbe() {
            change.found(before -> before.with(
                    "StatefulSet postgresql-sfs",
                    set -> ((ObjectNode) set.at("/spec/template/spec/containers/0/livenessProbe"))
                            .put("failureThreshold", 3)));
            isRestartWithRow("pod.spec.containers[postgresql].livenessProbe.failureThreshold  3     12  restart");
        }

        @Test
        void anImageByDigest() {
            var digest = "sha256:" + "0123456789abcdef".repeat(4);
            change.key("image", "docker.io/library/postgres:18.5", "docker.io/library/postgres:18.6@" + digest);
            var plan = change.plan();
            assertTrue(
                    plan.contains("image sha256:0123456789ab…: declared as PostgreSQL 18, with the tag 18.6;"
                            + " the pods refuse another major version, and nothing verifies the tag: no pause\n"),
                    plan);
            change.key("image", "docker.io/library/postgres@" + digest, "docker.io/library/postgres:18.6");
            assertFalse(change.plan().contains("declared as"), change.plan());
        }

        @Test
        void anImageByDigestThatStays() {
            var image = "docker.io/library/postgres:18.6@sha256:" + "0123456789abcdef".repeat(4);
            change.key("image", image, image).key("resources", "{\"cpu\":\"1\"}", "{\"cpu\":\"2\"}");
            var plan = change.plan();
            assertTrue(plan.contains("pods restart one at a time"), plan);
            assertFalse(plan.contains("declared as"), plan);
        }

        @Test
        void aNodeScript() {
            change.found(before -> before.withScripts("0123456789"));
            var plan = change.plan();
            assertTrue(plan.contains("\n  the node scripts  0123456789  "), plan);
            assertTrue(plan.contains("the node scripts change: pods run them from their restart on: no pause\n"), plan);
            assertTrue(plan.contains("pods restart one at a time"), plan);
        }

        private void container(String field, String value) {
            change.found(before -> before.with(
                    "StatefulSet postgresql-sfs",
                    set -> ((ObjectNode) set.at("/spec/template/spec/containers/0")).put(field, value)));
        }

        private void isRestartWithRow(String row) {
            var head = "setting" + " ".repeat(row.indexOf("  ") - "setting".length()) + "  ";
            change.isPlanned("writes pause for about 3 s", """

                      HEAD
                      ROW

                      steps
                        1. pods restart one at a time, each streaming before the next (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends when all have; clients' connections end once at each pod, at the primary last: writes pause for about 3 s, at postgresql-sfs-0

                      replaced: the pods; all volumes stay, with their data
                    """.replace(
                            "HEAD", head + (row.contains("Always") ? "from    to            by" : "from  to  by"))
                    .replace("ROW", row));
        }
    }

    @Nested
    class OfOtherObjects {
        @Test
        void aFieldInKubernetesWords() {
            change.found(before -> before.with(
                    "Service postgresql-read",
                    service -> ((ObjectNode) service.get("spec")).put("sessionAffinity", "ClientIP")));
            isPlannedAsStep("Service postgresql-read changes: spec.sessionAffinity from ClientIP to (not set)");
        }

        @Test
        void theSameInManyObjectsOnce() {
            change.found(before -> before.withAll(
                    "Service",
                    service -> ((ObjectNode) service.at("/metadata/labels")).remove("app.kubernetes.io/managed-by")));
            isPlannedAsStep(
                    "Service postgresql-svc, Service postgresql-read, Service postgresql-primary change: metadata.labels[app.kubernetes.io/managed-by] from (not set) to pulumi");
        }

        @Test
        void theProgramsVersionOnce() {
            change.found(before -> before.withAll(
                    "",
                    object -> ((ObjectNode) object.at("/metadata/annotations")).put(Labels.PROGRAM_VERSION, "0.9.0")));
            isPlannedAsStep("the objects are declared by version " + ProgramVersion.TEXT
                    + " of streamset, previously by 0.9.0");
        }

        @Test
        void theIdentityOfTheClusterAlone() {
            change.records("1b2c");
            isPlannedAsStep(
                    "StatefulSet postgresql-sfs changes: metadata.annotations[streamset/cluster] from (not set) to 1b2c");
        }

        @Test
        void anObjectThatIsMissing() {
            change.found(before -> before.without("Service postgresql-read"));
            isPlannedAsStep("Service postgresql-read does not exist and is created");
        }

        @Test
        void jobsThatHaveNotRun() {
            change.found(before -> before.withoutAll("Job postgresql-reload"));
            var plan = change.plan();
            assertTrue(
                    plan.matches("(?s).*\n    1\\. Job postgresql-reload-[0-9a-f]{10} is recreated: no pause\n.*"),
                    plan);
        }

        @Test
        void scriptsOfJobs() {
            change.found(before -> before.withoutAll("ConfigMap postgresql-jobs"));
            isPlannedAsStep("the Jobs run again, because their scripts change");
        }

        @Test
        void passwords() {
            change.found(before -> before.withoutAll("Job postgresql-replicator"));
            isPlannedAsStep("the passwords of the roles change: Jobs set them, but the server that writes that"
                    + " of postgres, when the kubelet has brought it; no connection ends");
        }

        @Test
        void aTokenAlone() {
            change.found(before -> before.with("ConfigMap postgresql-topology", map -> {
                var data = (ObjectNode) map.get("data");
                data.put("topology", data.get("topology").asString().replaceFirst("revision=\\w+", "revision=other"));
            }));
            var plan = change.plan();
            assertTrue(
                    plan.contains("ConfigMap postgresql-topology changes: data.topology.revision from other to "),
                    plan);
        }
    }

    /** What somebody has changed by hand is listed whatever else an update does. */
    @Nested
    class BesideAnotherStep {
        private static final String LABEL = "app.kubernetes.io/managed-by";

        @BeforeEach
        void volumesAreNoLongerKept() {
            change.after("keepVolumes", "false");
        }

        private void isPlannedToo(String step) {
            change.isPlanned("no pause", """

                      steps
                        1. from now on, volumes are deleted with their data when their pods, or the stack, are no longer declared: no pause
                        2. STEP: no pause
                    """.replace("STEP", step) + REPLACED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "StatefulSet postgresql-sfs",
                    "ConfigMap postgresql-configs",
                    "ConfigMap postgresql-topology",
                    "Service postgresql-primary",
                    "Secret postgresql-passwords",
                    "PersistentVolumeClaim data-postgresql-sfs-1",
                    "Namespace postgresql"
                })
        void aLabelOfAnyObject(String object) {
            change.passwords("same", "same")
                    .found(before ->
                            before.with(object, one -> ((ObjectNode) one.at("/metadata/labels")).remove(LABEL)));
            isPlannedToo(object + " changes: metadata.labels[" + LABEL + "] from (not set) to pulumi");
        }

        @Test
        void whereAServiceLeads() {
            change.found(before -> before.with(
                    "Service postgresql-read",
                    service -> ((ObjectNode) service.at("/spec/selector")).put("tier", "reporting")));
            isPlannedToo("Service postgresql-read changes: spec.selector.tier from reporting to (not set)");
        }

        @Test
        void passwordsWithoutTheirValues() {
            change.passwords("old", "new");
            isPlannedToo("the passwords of the roles change: Jobs set them, but the server that writes that"
                    + " of postgres, when the kubelet has brought it; no connection ends");
        }

        @Test
        void aLineOfTheTopologyThatNobodyCanRead() {
            change.found(before -> before.with("ConfigMap postgresql-topology", map -> {
                var data = (ObjectNode) map.get("data");
                data.put("topology", data.get("topology").asString().replaceFirst("lost=", "lost=two"));
            }));
            isPlannedToo("ConfigMap postgresql-topology changes: data.topology.lost from two to ''");
        }

        @Test
        void aClaimThatIsMissing() {
            change.found(before -> before.without("PersistentVolumeClaim data-postgresql-sfs-1"));
            isPlannedToo("PersistentVolumeClaim data-postgresql-sfs-1 does not exist and is created");
        }

        @Test
        void aClaimThatIsMissingWhilePodsAreAdded() {
            var plan = change.key("replicas", "3", "5")
                    .found(before -> before.without("PersistentVolumeClaim data-postgresql-sfs-1"))
                    .plan();
            assertTrue(
                    plan.contains(
                            " PersistentVolumeClaim data-postgresql-sfs-1 does not exist and is created: no pause\n"),
                    plan);
            assertFalse(plan.contains("PersistentVolumeClaim data-postgresql-sfs-3"), plan);
        }

        @Test
        void aClaimThatGrowsFromAnotherSizeThanTheOthers() {
            var plan = change.key("storage", "{\"size\":\"10Gi\"}", "{\"size\":\"20Gi\"}")
                    .found(before -> before.with(
                            "PersistentVolumeClaim data-postgresql-sfs-2",
                            claim -> ((ObjectNode) claim.at("/spec/resources/requests")).put("storage", "15Gi")))
                    .plan();
            assertTrue(
                    plan.contains(
                            " PersistentVolumeClaim data-postgresql-sfs-2 changes: spec.resources.requests.storage from 15Gi to"
                                    + " 20Gi: no pause\n"),
                    plan);
            assertTrue(plan.contains(" grow in place from 10Gi to 20Gi, "), plan);
        }
    }

    /** They are left alone once they are there, and refused where they would matter. */
    @Nested
    class NotOfWhatNeverChanges {
        @Test
        void claimTemplates() {
            change.found(before -> before.with(
                    "StatefulSet postgresql-sfs",
                    set -> ((ObjectNode) set.at("/spec/volumeClaimTemplates/0/metadata"))
                            .putObject("labels")
                            .put("team", "a")));
            change.isPlanned("none", "");
        }

        @Test
        void theClassThatTheServerHasPutIntoAClaim() {
            change.found(before -> before.withAll(
                    "PersistentVolumeClaim",
                    claim -> ((ObjectNode) claim.get("spec")).put("storageClassName", "standard")));
            change.isPlanned("none", "");
        }

        @Test
        void theIdentityOfAClusterThatDoesNotTellItNow() {
            change.recorded("1b2c").isPlanned("none", "");
        }

        @Test
        void objectsOfOthers() {
            change.found(
                    before -> before.and(before.objects().get(1).deepCopy()).with("ConfigMap", map -> {}));
            assertEquals("changes since yesterday: none\n", change.plan());
        }
    }
}
