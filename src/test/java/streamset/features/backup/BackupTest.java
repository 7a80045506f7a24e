package streamset.features.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Change;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/** {@code streamset:backup}, from the stack file to the objects and the plan. */
@Tag("unit")
class BackupTest {
    private static final Map<String, String> NEEDED =
            Map.of("bucket", "backups", "endpoint", "s3.example.org", "secretName", "store", "image", "pgbackrest:18");

    @TempDir
    private Path folder;

    private ClusterSpec spec(StackDraft draft) {
        var found = new Problems();
        var spec = ClusterSpec.of(draft.raw(), ProjectDraft.in(folder).folder(), ProjectDraft.STACK, found);
        found.throwIfAny();
        return spec;
    }

    /** @param more fields, each behind a comma; one that is needed has this value instead of its usual one */
    private static String on(String more) {
        return NEEDED.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":")
                .filter(field -> !more.contains(field))
                .map(field -> field + "\"" + NEEDED.get(field.replaceAll("[\":]", "")) + "\"")
                .collect(Collectors.joining(",", "{", more + "}"));
    }

    private static StackDraft with(String more) {
        return StackDraft.minimal().with("backup", on(more));
    }

    private KubernetesObjects objects(StackDraft draft) {
        return KubernetesObjects.of(ClusterObjects.of(spec(draft), Place.UNKNOWN, DeployedNodes.NONE)
                .json());
    }

    private JsonNode pod(StackDraft draft) {
        return objects(draft).ofKind("StatefulSet").findFirst().orElseThrow().at("/spec/template/spec");
    }

    private static JsonNode named(JsonNode list, String name) {
        return list.valueStream()
                .filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> mounts(JsonNode container) {
        return container
                .path("volumeMounts")
                .valueStream()
                .map(mount -> mount.path("mountPath").asString()
                        + (mount.path("readOnly").asBoolean(false) ? "" : " (writable)"))
                .toList();
    }

    private static List<String> environment(JsonNode container) {
        return container
                .path("env")
                .valueStream()
                .map(variable -> variable.path("name").asString() + "="
                        + variable.path("value").asString())
                .toList();
    }

    private String setting(StackDraft draft, String name) {
        return spec(draft).settings().all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void isNotThereByDefault() {
        var without = ClusterObjects.of(spec(StackDraft.minimal()), Place.UNKNOWN, DeployedNodes.NONE);
        var with =
                ClusterObjects.of(spec(StackDraft.minimal().with("backup", "{}")), Place.UNKNOWN, DeployedNodes.NONE);
        assertEquals(without.json(), with.json());
        assertEquals(0, objects(StackDraft.minimal()).ofKind("CronJob").count());
    }

    @Test
    void isMadeByAContainerThatOnlyReadsTheData() {
        var pod = pod(with(",\"caSecretName\":\"ca\"").with("wal", "{\"volume\":{\"size\":\"4Gi\"}}"));
        var archiver = named(pod.path("containers"), "archiver");
        assertEquals("pgbackrest:18", archiver.path("image").asString());
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/backup/archiver.sh\"]",
                archiver.path("command").toString());
        assertEquals(
                List.of(
                        "/var/lib/postgresql/data",
                        "/var/lib/postgresql/wal",
                        "/etc/streamset/scripts",
                        "/var/run/postgresql (writable)",
                        "/var/lib/streamset/archive (writable)",
                        "/tmp (writable)",
                        "/etc/streamset/backup",
                        "/etc/streamset/backup-secret",
                        "/etc/streamset/backup-ca"),
                mounts(archiver));
        assertEquals(
                List.of(
                        "PGDATA=/var/lib/postgresql/data/pgdata",
                        "POSTGRES_MAJOR=18",
                        "WAL_SEGMENT_MEGABYTES=16",
                        "ARCHIVE_SPOOL=/var/lib/streamset/archive",
                        "ARCHIVE_OWNER=postgresql/postgresql",
                        "BACKUP_CONF=/etc/streamset/backup/pgbackrest.conf",
                        "BACKUP_SECRET=/etc/streamset/backup-secret",
                        "BACKUP_ENCRYPTION=yes"),
                environment(archiver));
        assertEquals(
                "{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},\"readOnlyRootFilesystem\":true}",
                archiver.path("securityContext").toString());
        assertEquals(archiver.at("/resources/limits/memory"), archiver.at("/resources/requests/memory"));
        assertEquals("128Mi", archiver.at("/resources/limits/memory").asString());
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle")) {
            assertFalse(archiver.has(probe), probe);
        }
    }

    @Test
    void keepsTheCredentialsOutOfTheServersContainer() {
        var pod = pod(with(""));
        assertEquals(
                "store",
                named(pod.path("volumes"), "backup-secret")
                        .at("/secret/secretName")
                        .asString());
        for (var container :
                List.of(named(pod.path("containers"), "postgresql"), named(pod.path("initContainers"), "init"))) {
            assertFalse(container.toString().contains("backup-secret"), container::toString);
        }
        assertTrue(
                mounts(named(pod.path("containers"), "postgresql")).contains("/var/lib/streamset/archive (writable)"));
        assertFalse(mounts(named(pod.path("initContainers"), "init")).toString().contains("archive"));
    }

    @Test
    void tellsPgBackRestAllButSecrets() {
        var draft = with(",\"endpoint\":\"s3.example.org:9000\",\"caSecretName\":\"ca\",\"keep\":\"30d\"");
        var map = objects(draft).find("ConfigMap", "postgresql-backup").orElseThrow();
        assertEquals("""
                [global]
                repo1-type=s3
                repo1-path=/postgresql/postgresql
                repo1-s3-bucket=backups
                repo1-s3-endpoint=s3.example.org
                repo1-storage-port=9000
                repo1-s3-region=us-east-1
                repo1-s3-uri-style=path
                repo1-storage-ca-file=/etc/streamset/backup-ca/ca.crt
                repo1-cipher-type=aes-256-cbc
                repo1-bundle=y
                repo1-block=y
                repo1-retention-full-type=time
                repo1-retention-full=30
                compress-type=zst
                log-level-file=off
                lock-path=/tmp/lock
                spool-path=/tmp/spool
                process-max=2
                io-timeout=10
                archive-timeout=600
                start-fast=y

                [postgresql]
                pg1-path=/var/lib/postgresql/data/pgdata
                pg1-socket-path=/var/run/postgresql
                pg1-user=postgres
                """, map.at("/data/pgbackrest.conf").asString());
    }

    @Test
    void storesWithoutEncryptionOnlyWhereTheStackSaysSo() {
        var objects = objects(with(",\"encryption\":\"false\""));
        var conf = objects.find("ConfigMap", "postgresql-backup")
                .orElseThrow()
                .at("/data/pgbackrest.conf")
                .asString();
        assertTrue(conf.contains("repo1-cipher-type=none\n"), conf);
        var archiver = named(pod(with(",\"encryption\":\"false\"")).path("containers"), "archiver");
        assertTrue(
                environment(archiver).contains("BACKUP_ENCRYPTION=no"),
                () -> environment(archiver).toString());
    }

    @Test
    void isAskedForByCronJobsWithoutCredentials() {
        var jobs = objects(with(",\"schedule\":\"0 2 * * SUN\",\"incremental\":\"none\",\"restoreTest\":\"none\""))
                .ofKind("CronJob")
                .toList();
        assertEquals(
                List.of("postgresql-backup-full 0 2 * * SUN", "postgresql-backup-verify 30 4 * * 0"),
                jobs.stream()
                        .map(job -> job.at("/metadata/name").asString() + " "
                                + job.at("/spec/schedule").asString())
                        .toList());
        var spec = jobs.get(0).path("spec");
        assertEquals("Forbid", spec.path("concurrencyPolicy").asString());
        assertEquals("Etc/UTC", spec.path("timeZone").asString());
        var pod = spec.at("/jobTemplate/spec/template/spec");
        assertEquals("Never", pod.path("restartPolicy").asString());
        assertEquals("false", pod.path("automountServiceAccountToken").asString());
        var container = pod.at("/containers/0");
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/backup/request.sh\",\"full\"]",
                container.path("command").toString());
        assertEquals(List.of(), environment(container));
        assertFalse(pod.toString().contains("store"), pod::toString);
        assertEquals(4, objects(with("")).ofKind("CronJob").count());
    }

    private JsonNode restoreTest(StackDraft draft) {
        return objects(draft)
                .find("CronJob", "postgresql-backup-restoretest")
                .orElseThrow()
                .at("/spec/jobTemplate/spec");
    }

    @Test
    void isTestedByAPodThatRestoresOnAVolumeOfItsOwn() {
        var job = restoreTest(with(",\"caSecretName\":\"ca\"")
                .with("storage", "{\"size\":\"20Gi\",\"className\":\"fast\"}")
                .with("wal", "{\"volume\":{\"size\":\"4Gi\"}}"));
        var pod = job.at("/template/spec");
        assertEquals(
                "{\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"24Gi\"}},"
                        + "\"storageClassName\":\"fast\"}}",
                named(pod.path("volumes"), "data")
                        .at("/ephemeral/volumeClaimTemplate")
                        .toString());
        var container = pod.at("/containers/0");
        assertEquals("pgbackrest:18", container.path("image").asString());
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/backup/restoretest.sh\"]",
                container.path("command").toString());
        assertEquals(
                List.of(
                        "/var/lib/postgresql/data (writable)",
                        "/etc/streamset/conf",
                        "/etc/streamset/scripts",
                        "/etc/streamset/topology",
                        "/etc/streamset/passwords",
                        "/tmp (writable)",
                        "/etc/streamset/backup",
                        "/etc/streamset/backup-secret",
                        "/etc/streamset/backup-ca"),
                mounts(container));
        assertEquals("256Mi", container.at("/resources/requests/memory").asString());
        assertEquals(
                spec(with("")).config().resources().memory().quantity(),
                container.at("/resources/limits/memory").asString());
        assertEquals("false", pod.path("automountServiceAccountToken").asString());
        // a pod that has ended still has its volume
        assertEquals(0, job.path("backoffLimit").asInt());
        assertEquals(3600, job.path("ttlSecondsAfterFinished").asInt());
        assertEquals(86400, job.path("activeDeadlineSeconds").asInt());
    }

    /** Neither a Service nor the StatefulSet nor the budget for disruptions selects it. */
    @Test
    void isTestedByAPodThatIsNoMember() {
        var labels = restoreTest(with("")).at("/template/metadata/labels");
        assertEquals("restoretest", labels.path("app.kubernetes.io/component").asString());
        var objects = objects(with("").with("clients", "[{\"podSelector\":{}}]"));
        for (var selector : List.of(
                objects.find("Service", "postgresql-svc").orElseThrow().at("/spec/selector"),
                objects.ofKind("PodDisruptionBudget").findFirst().orElseThrow().at("/spec/selector/matchLabels"),
                objects.ofKind("StatefulSet").findFirst().orElseThrow().at("/spec/selector/matchLabels"))) {
            assertEquals("server", selector.path("app.kubernetes.io/component").asString(), selector::toString);
        }
        var policy = objects.find("NetworkPolicy", "postgresql-restoretest")
                .orElseThrow()
                .path("spec");
        assertEquals(
                "restoretest",
                policy.at("/podSelector/matchLabels/app.kubernetes.io~1component")
                        .asString());
        assertEquals(
                "[{\"ports\":[{\"port\":443,\"protocol\":\"TCP\"}]}]",
                policy.path("egress").toString());
        assertTrue(objects(with(""))
                .find("NetworkPolicy", "postgresql-restoretest")
                .isEmpty());
    }

    @Test
    void reachesTheStoreThroughANetworkPolicy() {
        var egress = objects(with(",\"endpoint\":\"s3.example.org:9000\"").with("clients", "[{\"podSelector\":{}}]"))
                .find("NetworkPolicy", "postgresql-servers")
                .orElseThrow()
                .at("/spec/egress");
        assertEquals(
                "{\"ports\":[{\"port\":9000,\"protocol\":\"TCP\"}]}",
                egress.get(2).toString());
    }

    @Test
    void letsAsMuchWaitAsIsKeptForStandbys() {
        var plain = spec(StackDraft.minimal());
        var kept = plain.budgets().wal().kept();
        assertEquals("on", setting(with(""), "archive_mode"));
        assertEquals("60s", setting(with(""), "archive_timeout"));
        assertEquals(
                "bash /etc/streamset/scripts/backup/archive.sh \"%p\" " + kept.megabytes() / 16 + " # pgbackrest",
                setting(with(""), "archive_command"));
        assertEquals(
                plain.budgets().wal().bound(), spec(with("")).budgets().wal().bound());
    }

    @Test
    void letsMoreWaitForAnOutageThatTheVolumeHasRoomFor() {
        var draft = with(",\"outage\":\"10m\"").with("wal", "{\"writeRate\":\"2MB\",\"volume\":{\"size\":\"4Gi\"}}");
        var wal = spec(draft).budgets().wal();
        assertTrue(wal.fits());
        assertEquals(Math.max(75, wal.kept().megabytes() / 16), wal.queueSegments());
    }

    /** The time that a restoration takes follows from it. */
    @Test
    void takesARateOfWritingAlone() {
        var draft = with("").with("wal", "{\"writeRate\":\"2MB\"}");
        assertEquals(
                Optional.of(ByteSize.ofMegabytes(2)), spec(draft).config().wal().rate());
        assertEquals(
                spec(with("")).budgets().wal().bound(),
                spec(draft).budgets().wal().bound());
    }

    @Test
    void refusesAnOutageThatTheVolumeHasNoRoomFor() {
        var draft = with(",\"outage\":\"2h\"").with("wal", "{\"writeRate\":\"2MB\"}");
        var message = assertThrows(BadInput.class, () -> spec(draft)).getMessage();
        assertTrue(message.contains("streamset:storage.size = 10Gi"), message);
        assertTrue(message.contains("14400 MB  waiting for the archive"), message);
        var fix = message.replaceAll("(?s).*storage.size' (\\d+)Mi.*", "$1");
        var shorter = message.replaceAll("(?s).*backup.outage' (\\d+s) .*", "$1");
        assertTrue(
                spec(with(",\"outage\":\"" + shorter + "\"").with("wal", "{\"writeRate\":\"2MB\"}"))
                        .budgets()
                        .wal()
                        .fits(),
                shorter);
        assertTrue(
                spec(draft.with("storage", "{\"size\":\"" + fix + "Mi\"}"))
                        .budgets()
                        .wal()
                        .fits(),
                fix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"archive_command = 'cp %p /tmp/%f'", "archive_mode = always", "archive_library = 'basic_archive'"
            })
    void refusesAnotherArchiveBesideIt(String line) {
        var project = ProjectDraft.in(folder).own("postgresql.conf", line + "\n");
        var problems = new Problems();
        ClusterSpec.of(with("").raw(), project.folder(), ProjectDraft.STACK, problems);
        var message = assertThrows(BadInput.class, problems::throwIfAny).getMessage();
        assertTrue(message.contains("is fixed by the program"), message);
        assertTrue(message.contains("streamset:backup brings WAL to the archive"), message);
    }

    @Test
    void asksForAllThatLacksAtOnce() {
        var stack = StackDraft.minimal().with("backup", "{\"keep\":\"7d\"}");
        stack.isRefusedWith("""
                4 problems, nothing was changed

                streamset:backup.bucket = (not set)
                problem                 : nothing can be stored without a bucket
                fix                     : pulumi config set --path 'streamset:backup.bucket' backups

                streamset:backup.endpoint = (not set)
                problem                   : the store must have an address
                fix                       : pulumi config set --path 'streamset:backup.endpoint' s3.eu-central-1.amazonaws.com

                streamset:backup.secretName = (not set)
                problem                     : an existing Secret must have the keys access-key-id and secret-access-key, and cipher-passphrase unless encryption is false
                fix                         : pulumi config set --plaintext --path 'streamset:backup.secretName' backup

                streamset:backup.image = (not set)
                problem                : nobody publishes an image with pgBackRest that could be the default
                fix                    : build one (docs/images.md), then: pulumi config set --path 'streamset:backup.image' <image>
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "endpoint":"http://s3.example.org" | endpoint | http://s3.example.org | must be reached by HTTPS, without which everybody on the way could read and change what is stored; it is a host, or host:port, without a scheme; did you mean s3.example.org? | pulumi config set --path 'streamset:backup.endpoint' s3.example.org
            "endpoint":"https://s3.example.org:9000/" | endpoint | https://s3.example.org:9000/ | must be a host, or host:port, without a scheme: it is always reached by HTTPS; did you mean s3.example.org:9000? | pulumi config set --path 'streamset:backup.endpoint' s3.example.org:9000
            "endpoint":"s3.example.org:70000" | endpoint | s3.example.org:70000 | must have a port of at most 65535 | pulumi config set --path 'streamset:backup.endpoint' s3.eu-central-1.amazonaws.com
            "bucket":"Backups" | bucket | Backups | must be the name of a bucket: 3 … 63 lower-case letters, digits, '-' and '.' | pulumi config set --path 'streamset:backup.bucket' backups
            "path":"/a/../b" | path | /a/../b | must be a path such as /postgresql/orders: it begins with '/', does not end with one, and has letters, digits, '_', '.' and '-', but no '..' | pulumi config set --path 'streamset:backup.path' /postgresql/postgresql
            "uriStyle":"dns" | uriStyle | dns | must be one of host, path | pulumi config set --path 'streamset:backup.uriStyle' path
            "keep":"2" | keep | 2 | must be a time in days, and not a number of backups: of these, the one after a gap in the archive would expire the last one before it; did you mean 2d? | pulumi config set --path 'streamset:backup.keep' 2d
            "keep":"4000d" | keep | 4000d | must be a time in days, 1d … 3650d | pulumi config set --path 'streamset:backup.keep' 14d
            "schedule":"none" | schedule | none | must be five fields of cron, in UTC: minute, hour, day of the month, month, day of the week (0 or SUN … 6 or SAT) | pulumi config set --path 'streamset:backup.schedule' '30 1 * * 0'
            "verify":"0 5-3 * * *" | verify | 0 5-3 * * * | must have no range that ends before it begins | pulumi config set --path 'streamset:backup.verify' '30 4 * * 0'
            "restoreTest":"0 0 31 4 *" | restoreTest | 0 0 31 4 * | must name a day that one of its months has | pulumi config set --path 'streamset:backup.restoreTest' '0 6 * * 0'
            "image":"No Image" | image | No Image | must be an image reference, such as docker.io/library/postgres:18 | pulumi config set --path 'streamset:backup.image' registry.example.org/postgres-pgbackrest:18
            "resources":{"memory":"32Mi"} | resources.memory | 32Mi | must be at least 64Mi: pgBackRest takes 56 MB, and would be killed | pulumi config set --path 'streamset:backup.resources.memory' 64Mi
            """)
    void refuses(String field, String key, String value, String reason, String fix) {
        var message =
                assertThrows(BadInput.class, () -> spec(with("," + field))).getMessage();
        assertTrue(message.startsWith("1 problem,"), message);
        assertTrue(message.contains("streamset:backup." + key + " = " + value + "\n"), message);
        assertTrue(message.contains(": " + reason + "\n"), message);
        assertTrue(message.contains(": " + fix + "\n"), message);
    }

    @Test
    void refusesAnOutageWithoutARateOfWriting() {
        var message = assertThrows(BadInput.class, () -> spec(with(",\"outage\":\"2h\"")))
                .getMessage();
        assertTrue(message.contains("streamset:wal.writeRate = (not set)"), message);
        assertTrue(message.contains("is backup.outage × writeRate, and only backup.outage is set"), message);
    }

    @Test
    void refusesANameThatACronJobCannotHave() {
        var name = "a-cluster-with-a-name-of-thirty-four-c";
        var message = assertThrows(BadInput.class, () -> spec(with("").with("name", name)))
                .getMessage();
        assertTrue(message.contains("must have at most 33 characters with streamset:backup"), message);
        assertTrue(message.contains("pulumi config set streamset:name a-cluster-with-a-name-of-thirty-f"), message);
    }

    private static StackDraft automatic(StackDraft draft) {
        return draft.with("failover", "automatic").with("image", "patroni:18");
    }

    @Test
    void isMadeInTheSameWayWhereThePodsElectTheirPrimary() {
        var declared = pod(with(""));
        var pod = pod(automatic(with("")));
        assertEquals(named(declared.path("containers"), "archiver"), named(pod.path("containers"), "archiver"));
        var server = named(pod.path("containers"), "postgresql");
        assertTrue(environment(server).contains("ARCHIVE_SPOOL=/var/lib/streamset/archive"));
        assertTrue(mounts(server).contains("/var/lib/streamset/archive (writable)"));
        assertEquals(4, objects(automatic(with(""))).ofKind("CronJob").count());
    }

    /** With the declared one, it is set for as long as a standby needs it. */
    @Test
    void asksForWalAtOnceWherePatroniWouldNot() {
        assertEquals(
                "bash /etc/streamset/scripts/patroni/fetch.sh %f \"%p\"",
                setting(automatic(with("")), "restore_command"));
        assertTrue(spec(with("")).settings().all().stream()
                .noneMatch(setting -> setting.name().equals("restore_command")));
    }

    @Test
    void refusesAnotherWayToTheWalOfAnArchiveWithItsReason() {
        var project = ProjectDraft.in(folder).own("postgresql.conf", "restore_command = 'cp /archive/%f %p'\n");
        var found = new Problems();
        ClusterSpec.of(automatic(with("")).raw(), project.folder(), ProjectDraft.STACK, found);
        var message = assertThrows(BadInput.class, found::throwIfAny).getMessage();
        assertTrue(message.contains("streamset:backup brings WAL back that a standby needs"), message);
        assertEquals(1, message.split("restore_command", -1).length - 1, message);
    }

    @Test
    void isSwitchedOnByARestartThatThePlanTells() {
        var plan = new Change(folder).after("backup", on("")).plan();
        assertTrue(
                Stream.of(
                                "  streamset:backup.image",
                                "  archive_mode",
                                "ConfigMap postgresql-backup does not exist and is created: no pause",
                                "CronJob postgresql-backup-full does not exist and is created: no pause",
                                "WAL goes to s3://backups/postgresql/postgresql at s3.example.org from the restart of the primary on;"
                                        + " points in time before the first base backup cannot be restored",
                                "pods restart one at a time")
                        .allMatch(plan::contains),
                plan);
        assertFalse(plan.contains("pod."), plan);
    }

    @Test
    void isSwitchedOffWithTheLossOfAllLaterPointsInTime() {
        var plan = new Change(folder).before("backup", on("")).plan();
        assertTrue(
                plan.contains(
                        "nothing is archived any more: no point in time after this update can be restored; what is in"
                                + " s3://backups/postgresql/postgresql at s3.example.org stays there"),
                plan);
        assertFalse(plan.contains("pod."), plan);
    }

    @Test
    void anotherBucketRestartsNothing() {
        var plan = new Change(folder)
                .before("backup", on(""))
                .after("backup", on(",\"bucket\":\"others\""))
                .plan();
        assertTrue(
                plan.contains(
                        "WAL goes to s3://others/postgresql/postgresql at s3.example.org from now on, where a new base backup is"
                                + " made; points in time before it are restored from s3://backups/postgresql/postgresql at s3.example.org,"
                                + " which stays as it is: no pause"),
                plan);
        assertFalse(plan.contains("restart"), plan);
        assertFalse(plan.contains("pgbackrest.conf"), plan);
    }

    @Test
    void isTestedAtOtherTimesOrNotAtAllWithoutAnyPause() {
        var later = new Change(folder)
                .before("backup", on(""))
                .after("backup", on(",\"restoreTest\":\"0 6 1 * *\""))
                .plan();
        assertTrue(later.contains("CronJob postgresql-backup-restoretest"), later);
        assertFalse(later.contains("restart"), later);
        var never = new Change(folder)
                .before("backup", on(""))
                .after("backup", on(",\"restoreTest\":\"none\""))
                .plan();
        assertTrue(never.contains("CronJob postgresql-backup-restoretest"), never);
        assertFalse(never.contains("restart"), never);
    }

    @Test
    void anotherImageIsOneRow() {
        var plan = new Change(folder)
                .before("backup", on(""))
                .after("backup", on(",\"image\":\"mirror.example.org/pgbackrest:19\""))
                .plan();
        assertTrue(plan.contains("  mirror.example.org/pgbackrest:19  restart"), plan);
        assertFalse(plan.contains("pod."), plan);
    }

    @Test
    void otherResourcesAreRowsOfTheirOwn() {
        var plan = new Change(folder)
                .before("backup", on(""))
                .after("backup", on(",\"resources\":{\"cpu\":\"1\",\"memory\":\"256Mi\"}"))
                .plan();
        assertTrue(plan.contains("streamset:backup.resources.cpu     200m   1      restart"), plan);
        assertTrue(plan.contains("streamset:backup.resources.memory  128Mi  256Mi  restart"), plan);
        assertFalse(plan.contains("pod."), plan);
    }
}
