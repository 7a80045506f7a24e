package streamset.plan.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.plan.Change;
import streamset.plan.Plan;
import streamset.problems.Problems;
import tools.jackson.databind.node.ObjectNode;

@Tag("unit")
class DangersTest {
    private static final String BACKUP =
            "{\"bucket\":\"backups\",\"endpoint\":\"s3.example.org\",\"secretName\":\"store\",\"image\":\"pgbackrest:18\"}";

    private static final String RESTRICTED =
            "clients: the namespace postgresql takes only pods that follow the Pod Security Standard restricted: other pods in it"
                    + " that do not are refused when they are next created";

    private static final String CERTIFICATE =
            "security: the Secret new must exist in the namespace postgresql before the update, with tls.crt, tls.key and ca.crt:"
                    + " without it the update ends before it changes anything (streamset:tls)";

    @TempDir
    private Path folder;

    private Change change;

    @BeforeEach
    void threePodsThatSayNothingParticular() {
        change = new Change(folder);
    }

    private void hasDangers(String... texts) {
        var problems = new Problems();
        var plan = Plan.of(change.deployed(), change.wanted(), problems);
        problems.throwIfAny();
        assertEquals(
                List.of(texts),
                plan.orElseThrow().dangers().stream()
                        .map(danger -> danger.kind() + ": " + danger.text())
                        .collect(Collectors.toList()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas         | 3     | 5",
                "replicas         | 5     | 3",
                "primary          | 0     | 2",
                "keepVolumes      | false | true",
                "resources        | {\"cpu\":\"1\",\"memory\":\"16Gi\"} | {\"cpu\":\"1\",\"memory\":\"32Gi\"}",
                "image            | docker.io/library/postgres:18.1 | docker.io/library/postgres:18.2",
                "synchronous      | {\"standbys\":1} | {\"standbys\":2}",
            })
    void ofWhatCanBeTakenBackAreNone(String key, String old, String now) {
        change.key(key, old, now);
        hasDangers();
    }

    @Test
    void areClientsThatNoLongerReachTheServersAndOthersThatDo() {
        var narrowed =
                "clients: clients that streamset:clients does not name no longer reach PostgreSQL, if the network of the"
                        + " Kubernetes cluster enforces NetworkPolicies";
        change.key("clients", "[]", "[{\"podSelector\":{}}]");
        hasDangers(narrowed);
        change.key("clients", "[{\"podSelector\":{}}]", "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"}}]");
        hasDangers(narrowed, "security: streamset:clients lets others reach PostgreSQL than before");
        change.key("clients", "[{\"podSelector\":{}}]", "[]");
        hasDangers(
                "security: every pod of the Kubernetes cluster reaches PostgreSQL: no NetworkPolicy limits that any more");
    }

    @Test
    void areVolumesThatGoWithTheirPods() {
        change.always("keepVolumes", "false").key("replicas", "5", "3");
        hasDangers("cannot be undone: the volumes of postgresql-sfs-4, postgresql-sfs-3 are deleted with their data");
    }

    @Test
    void areVolumesThatGoWithPodsThatAreMissingAlready() {
        change.always("keepVolumes", "false")
                .key("replicas", "5", "3")
                .found(there -> there.without("StatefulSet postgresql-sfs"));
        hasDangers("cannot be undone: the volumes of postgresql-sfs-4, postgresql-sfs-3 are deleted with their data");
    }

    @Test
    void areVolumesThatGrow() {
        change.key("storage", "{\"size\":\"10Gi\"}", "{\"size\":\"20Gi\"}");
        hasDangers("cannot be undone: volumes for data grow to 20Gi, and no volume shrinks");
    }

    @Test
    void areVolumesThatAreKeptNoLonger() {
        change.key("keepVolumes", "true", "false");
        hasDangers(
                "data: volumes are deleted when their pods, or the stack, are no longer declared, and there is no backup");
    }

    @Test
    void areVolumesThatAreKeptNoLongerWithABackupToo() {
        change.always("backup", BACKUP).key("keepVolumes", "true", "false");
        hasDangers("data: volumes are deleted when their pods, or the stack, are no longer declared");
    }

    @Test
    void areBackupsThatEnd() {
        change.before("backup", BACKUP);
        hasDangers("data: nothing is archived any more: no point in time after this update can be restored");
    }

    @Test
    void isANamespaceThatGoesWithTheStack() {
        change.always("keepVolumes", "false").key("createNamespace", "false", "true");
        hasDangers(
                "data: the namespace postgresql belongs to the stack: pulumi destroy deletes it with all that is in it",
                RESTRICTED);
    }

    @Test
    void arePodsOfOthersThatTheNamespaceNoLongerTakes() {
        change.found(there -> there.with(
                "Namespace postgresql",
                namespace ->
                        ((ObjectNode) namespace.at("/metadata/labels")).remove("pod-security.kubernetes.io/enforce")));
        hasDangers(RESTRICTED);
    }

    @Test
    void areCommitsOfALostPrimary() {
        change.after("primary", "1").after("lost", "[0]");
        hasDangers("cannot be undone: commits that postgresql-sfs-0 has not sent are lost");
    }

    @Test
    void areNoCommitsThatAStandbyHas() {
        change.always("synchronous", "{\"standbys\":1}").after("primary", "1").after("lost", "[0]");
        hasDangers();
    }

    @Test
    void areDataThatOnlyALostStandbyHas() {
        change.after("lost", "[2]");
        hasDangers("cannot be undone: when postgresql-sfs-2 returns, what only it has is deleted");
    }

    @Test
    void areDataOfALostStandbyThatAreKeptAside() {
        change.always("keepDiverged", "true").after("lost", "[2]");
        hasDangers("cannot be undone: when postgresql-sfs-2 returns, what only it has is no longer served");
    }

    @Test
    void areCommitsThatWaitForFewerStandbys() {
        change.key("synchronous", "{\"standbys\":2}", "{\"standbys\":1}");
        hasDangers("data: commits wait for 1 instead of 2 standbys");
    }

    @Test
    void isAWalVolumeWithoutAWayBack() {
        change.after("wal", "{\"volume\":{\"size\":\"4Gi\"}}")
                .found(found -> found.without("StatefulSet postgresql-sfs"));
        hasDangers("cannot be undone: WAL moves to a volume of its own, and does not move back");
    }

    @Test
    void isAnotherContext() {
        change.key("kubernetes:context", "old", "new").recorded("uid-1");
        hasDangers("data: the context is new instead of old: both must lead to the same Kubernetes cluster");
    }

    @Test
    void areSettingsWithWhichDataAreLessSafe() {
        change.conf(
                "",
                "full_page_writes = off\nsynchronous_commit = off\nwal_keep_size = 64MB\nignore_checksum_failure = on\n");
        hasDangers(
                "data: ignore_checksum_failure becomes on and was default (off)",
                "data: full_page_writes becomes off and was default (on)",
                "data: max_slot_wal_keep_size becomes 64MB and was 912MB",
                "data: wal_keep_size becomes 64MB and was 912MB",
                "data: synchronous_commit becomes off and was default (on)");
    }

    @Test
    void areNoSettingsThatAreSafer() {
        change.conf(
                "full_page_writes = off\nsynchronous_commit = off\nignore_checksum_failure = on\npassword_encryption = md5\n",
                "");
        hasDangers();
    }

    @Test
    void isAnotherSecret() {
        change.key("secretName", "old", "new");
        hasDangers("security: the Secret new must exist in the namespace postgresql before the update: no pod starts"
                + " without it (streamset:secretName)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host app app 10.0.0.0/8 password          | lets clients in by password",
                "host app app 10.0.0.0 255.0.0.0 password  | lets clients in by password",
                "hostssl app app fe80:: ffff:: password    | lets clients in by password",
                "host app app all trust clientcert=verify-full | lets clients in by trust",
            })
    void areMethodsThatBelieveOrTell(String line, String words) {
        change.always("parameters", "{}").hba("", line + "\n");
        hasDangers("security: pg_hba.conf " + words + ": " + line);
    }

    @ParameterizedTest
    @CsvSource({
        "host app app 10.0.0.0/8 scram-sha-256",
        "host app app trust scram-sha-256",
        "host app app 10.0.0.0/8 reject"
    })
    void areNoOtherMethods(String line) {
        change.hba("", line + "\n");
        hasDangers();
    }

    @Test
    void areLinesThatNoLongerReject() {
        change.hba("host all app 10.1.0.0/16 reject\n", "");
        hasDangers("security: pg_hba.conf no longer rejects: host all app 10.1.0.0/16 reject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "0.0.0.0/0", "0.0.0.0 0.0.0.0", "::/0"})
    void isARejectionOfEverybodyBeforeOthersGetIn(String address) {
        change.hba("", "host all all " + address + " reject\n");
        hasDangers("clients: pg_hba.conf rejects everybody before the lines that let clients in: host all all "
                + address + " reject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host all all 10.0.0.0/8 reject", "host app all all reject", "host all app all reject"})
    void isNoRejectionOfSome(String line) {
        change.hba("", line + "\n");
        hasDangers();
    }

    /** Those in front of it decide first, and whoever comes through the socket is not rejected by it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "host all all 10.0.0.0/8 reject\n", "local all all scram-sha-256\n"})
    void isNoRejectionAfterTheLinesThatLetClientsIn(String rest) {
        var lines = "host all all all scram-sha-256\n";
        change.hbaAsAWhole(lines + rest, lines + "host all all all reject\n" + rest);
        hasDangers();
    }

    @Test
    void isACertificateThatTheUpdateNeeds() {
        change.after("tls", "{\"secretName\":\"new\"}");
        hasDangers(CERTIFICATE);
    }

    @Test
    void isAnotherCertificate() {
        change.key("tls", "{\"secretName\":\"old\"}", "{\"secretName\":\"new\"}");
        hasDangers(CERTIFICATE);
    }

    @Test
    void areConnectionsThatAreNoLongerEncrypted() {
        change.before("tls", "{\"secretName\":\"old\"}");
        hasDangers(
                "security: connections are not encrypted any more: clients that verify a certificate cannot connect",
                "security: ssl becomes default (off) and was on");
    }

    @Test
    void areClientsWithoutTlsWhenItIsRequired() {
        change.key("tls", "{\"secretName\":\"same\"}", "{\"secretName\":\"same\",\"required\":\"true\"}");
        hasDangers(
                "clients: clients that connect without TLS are rejected; the sessions that they have go on until they end");
    }

    @Test
    void areNoClientsWithoutTlsWhereItWasRequiredAlready() {
        change.always("tls", "{\"secretName\":\"same\",\"required\":\"true\"}").key("replicas", "3", "5");
        hasDangers();
    }

    @Test
    void isTlsThatIsNoLongerRequired() {
        change.key("tls", "{\"secretName\":\"same\",\"required\":\"true\"}", "{\"secretName\":\"same\"}");
        hasDangers("security: pg_hba.conf no longer rejects: hostnossl all all all reject  # streamset:tls.required");
    }

    @Test
    void isTheLastLineThatLetsClientsIn() {
        change.hbaAsAWhole(
                "host all all all scram-sha-256\n",
                "host all all 127.0.0.1/32 scram-sha-256\nhostssl all all all cert\n");
        hasDangers("clients: no line of pg_hba.conf lets clients in from the network any more");
    }

    @Test
    void areLinesInAnotherOrder() {
        var one = "host app app 10.0.0.0/8 scram-sha-256\n";
        var two = "host app app 10.1.0.0/16 reject\n";
        change.hba(two + one, one + two);
        hasDangers("security: lines of pg_hba.conf change places, and the first that fits decides");
    }

    @Test
    void arePasswordsOfAnOldKind() {
        change.conf("", "password_encryption = md5\n");
        hasDangers("security: password_encryption becomes md5 and was default (scram-sha-256)");
    }
}
