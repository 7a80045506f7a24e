package streamset.features.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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
import tools.jackson.databind.JsonNode;

/** {@code streamset:restore}, from the stack file to the objects and the plan. */
@Tag("unit")
class RestoreTest {
    private static final String FROM =
            "\"from\":{\"bucket\":\"backups\",\"endpoint\":\"s3.example.org:9000\",\"path\":\"/shop/orders\",\"secretName\":\"store\",\"caSecretName\":\"ca\"}";
    private static final String TIME = "\"time\":\"2026-11-27 12:00:00+00\"";
    private static final String BACKUP =
            "{\"bucket\":\"backups\",\"endpoint\":\"s3.example.org\",\"secretName\":\"store\",\"image\":\"pgbackrest:18\"}";

    private static final Pattern NAMED_SCRIPT = Pattern.compile("\\$SCRIPTS/([a-z_/-]+\\.sh)");

    @TempDir
    private Path folder;

    private ClusterSpec spec(StackDraft draft) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), ProjectDraft.in(folder).folder(), ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return spec;
    }

    private static String restore(String point) {
        return "{" + FROM + ",\"image\":\"pgbackrest:18\"," + point + "}";
    }

    private static StackDraft with(String point) {
        return StackDraft.minimal().with("restore", restore(point));
    }

    private KubernetesObjects objects(StackDraft draft) {
        return KubernetesObjects.of(ClusterObjects.of(spec(draft), Place.UNKNOWN, DeployedNodes.NONE)
                .json());
    }

    private JsonNode container(StackDraft draft) {
        return objects(draft)
                .ofKind("StatefulSet")
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec/initContainers/0");
    }

    private static List<String> environment(JsonNode container) {
        return container
                .path("env")
                .valueStream()
                .map(variable -> variable.path("name").asString() + "="
                        + variable.path("value").asString())
                .filter(variable -> !variable.startsWith("POD_DIGEST="))
                .toList();
    }

    /** A script that the recovering server starts is sourced by nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"declared", "automatic"})
    void theScriptsInAPodHaveEveryScriptThatOneOfThemNames(String failover) {
        var scripts = objects(with(TIME).with("failover", failover).with("image", "patroni:18"))
                .ofKind("ConfigMap")
                .filter(map -> map.at("/metadata/name").stringValue().contains("-scripts-"))
                .findFirst()
                .orElseThrow()
                .path("data");
        var named = scripts.valueStream()
                .flatMap(text -> NAMED_SCRIPT.matcher(text.stringValue()).results())
                .map(found -> found.group(1).replace('/', '.'))
                .distinct()
                .toList();

        assertTrue(named.contains("backup.get.sh"), named::toString);
        assertEquals(
                List.of(), named.stream().filter(script -> !scripts.has(script)).toList());
    }

    /** Not beside data that another pod may have. */
    @Test
    void asksTheOthersFirstWhereThePodsElectTheirPrimary() {
        var container = container(with(TIME).with("failover", "automatic").with("image", "patroni:18"));
        assertEquals("pgbackrest:18", container.path("image").asString());
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/patroni/restore.sh\"]",
                container.path("command").toString());
    }

    @Test
    void isDoneBeforeAnybodyLooksForData() {
        var container = container(with(TIME));
        assertEquals("restore", container.path("name").asString());
        assertEquals("pgbackrest:18", container.path("image").asString());
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/backup/restore.sh\"]",
                container.path("command").toString());
        assertEquals(
                List.of(
                        "PGDATA=/var/lib/postgresql/data/pgdata",
                        "WAL_SEGMENT_MEGABYTES=16",
                        "POSTGRES_MAJOR=18",
                        "BACKUP_CONF=/etc/streamset/restore/pgbackrest.conf",
                        "BACKUP_SECRET=/etc/streamset/restore-secret",
                        "BACKUP_ENCRYPTION=yes",
                        "RESTORE_TYPE=time",
                        "RESTORE_TARGET=2026-11-27 12:00:00+00"),
                environment(container));
        assertEquals(
                List.of(
                        "/var/lib/postgresql/data",
                        "/etc/streamset/conf",
                        "/etc/streamset/scripts",
                        "/etc/streamset/topology",
                        "/var/run/postgresql",
                        "/dev/shm",
                        "/tmp",
                        "/etc/streamset/restore",
                        "/etc/streamset/restore-secret",
                        "/etc/streamset/restore-ca"),
                container
                        .path("volumeMounts")
                        .valueStream()
                        .map(mount -> mount.path("mountPath").asString())
                        .toList());
    }

    @Test
    void readsTheArchiveOfTheOtherClusterAndExpiresNothingThere() {
        var text = objects(with(TIME))
                .find("ConfigMap", "postgresql-restore")
                .orElseThrow()
                .at("/data/pgbackrest.conf")
                .asString();
        assertTrue(text.contains("repo1-path=/shop/orders\nrepo1-s3-bucket=backups\n"), text);
        assertTrue(text.contains("repo1-storage-ca-file=/etc/streamset/restore-ca/ca.crt\n"), text);
        assertFalse(text.contains("retention"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "lsn":"0/3000148" | RESTORE_TYPE=lsn | RESTORE_TARGET=0/3000148
            "name":"before the change" | RESTORE_TYPE=name | RESTORE_TARGET=before the change
            "time":"2026-11-27 12:00:00.5-03:30" | RESTORE_TYPE=time | RESTORE_TARGET=2026-11-27 12:00:00.5-03:30
            "latest":"true" | RESTORE_TYPE=latest | RESTORE_TARGET=
            """)
    void endsAtAPointThatIsNamed(String point, String type, String target) {
        assertTrue(
                environment(container(with(point))).containsAll(List.of(type, target)),
                () -> environment(container(with(point))).toString());
    }

    @Test
    void takesTheImageOfTheBackups() {
        var draft = StackDraft.minimal().with("backup", BACKUP).with("restore", "{" + FROM + "," + TIME + "}");
        assertEquals("pgbackrest:18", container(draft).path("image").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "time":"2026-11-27 12:00:00" | time | 2026-11-27 12:00:00 | must be a time with its distance from UTC, such as 2026-11-27 12:00:00+00: otherwise it depends on who reads it | pulumi config set --path 'streamset:restore.time' '2026-11-27 12:00:00+00'
            "time":"yesterday" | time | yesterday | must be a time such as 2026-11-27 12:00:00+00 | pulumi config set --path 'streamset:restore.time' '2026-11-27 12:00:00+00'
            "time":"2026-02-30 12:00:00+00" | time | 2026-02-30 12:00:00+00 | must be a day that there is | pulumi config set --path 'streamset:restore.time' '2026-11-27 12:00:00+00'
            "lsn":"3000148" | lsn | 3000148 | must be a position in WAL such as 0/3000148 | pulumi config set --path 'streamset:restore.lsn' 0/3000148
            "latest":"false" | latest | false | must be true, or absent | pulumi config set --path 'streamset:restore.latest' true
            "lsn":"0/1","name":"before" | name | set together with lsn | both name the point in time that is restored; only one can apply | pulumi config rm --path 'streamset:restore.name'
            "lsn":"" | latest | (not set) | a point in time must be named, by time, lsn or name, or the latest one asked for | pulumi config set --path 'streamset:restore.time' '2026-11-27 12:00:00+00'; or pulumi config set --path 'streamset:restore.latest' true
            """)
    void refuses(String point, String key, String value, String reason, String fix) {
        var message = assertThrows(BadInput.class, () -> spec(with(point))).getMessage();
        assertTrue(message.startsWith("1 problem,"), message);
        assertTrue(message.contains("streamset:restore." + key + " = " + value + "\n"), message);
        assertTrue(message.contains(": " + reason + "\n"), message);
        assertTrue(message.contains(": " + fix + "\n"), message);
    }

    @Test
    void asksForAllThatLacksAtOnce() {
        var message = assertThrows(
                        BadInput.class, () -> spec(StackDraft.minimal().with("restore", "{\"latest\":\"true\"}")))
                .getMessage();
        for (String key : List.of("from.bucket", "from.endpoint", "from.path", "from.secretName", "image")) {
            assertTrue(message.contains("streamset:restore." + key + " = (not set)\n"), message);
        }
        assertTrue(message.startsWith("5 problems"), message);
    }

    @Test
    void isRefusedIntoTheArchiveThatItComesFrom() {
        var draft = with(TIME).with("backup", BACKUP).with("namespace", "shop").with("name", "orders");
        var message = assertThrows(BadInput.class, () -> spec(draft)).getMessage();
        assertTrue(message.contains("streamset:backup.path = /shop/orders\n"), message);
        assertTrue(message.contains("is the place from which the cluster is restored"), message);
        assertTrue(
                message.contains("pulumi config set --path 'streamset:backup.path' /shop/orders-restored\n"), message);
    }

    @Test
    void isRefusedForAClusterThatExists() {
        var message = assertThrows(
                        BadInput.class,
                        () -> new Change(folder).after("restore", restore(TIME)).plan())
                .getMessage();
        assertTrue(message.contains("streamset:restore    = time 2026-11-27 12:00:00+00\n"), message);
        assertTrue(message.contains("has no effect: the cluster exists, and its data stay"), message);
        assertTrue(message.contains("pulumi config rm streamset:restore"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"latest\":\"true\"", "\"time\":\"2026-11-27 13:00:00+00\""})
    void isRefusedToAnotherPointForAClusterThatExists(String point) {
        var change = new Change(folder).before("restore", restore(TIME)).after("restore", restore(point));
        var message = assertThrows(BadInput.class, change::plan).getMessage();
        assertTrue(message.contains("has no effect: the cluster exists, and its data stay"), message);
    }

    @Test
    void isRemovedByARestart() {
        var plan = new Change(folder).before("restore", restore(TIME)).plan();
        assertTrue(
                plan.contains(
                        "pods no longer look whether data have to be restored (restore); those that are there stay"),
                plan);
        assertTrue(plan.contains("pods restart one at a time"), plan);
        assertTrue(plan.contains("ConfigMap postgresql-restore is no longer declared and is removed"), plan);
        assertFalse(plan.contains("pod."), plan);
    }
}
