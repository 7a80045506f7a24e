package streamset.features.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ProjectDraft;
import streamset.config.CertificateSeed;
import streamset.config.Names;
import streamset.config.StackDraft;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Change;
import streamset.plan.Plan;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** {@code streamset:tls.clientCertificates}, from the stack file to the objects and the plan. */
@Tag("unit")
class ReplicatorCertificateTest {
    private static final String SEED = "planted-0123456789-0123456789-0123";
    private static final String WITHOUT = "{\"secretName\":\"servers\"}";
    private static final String OFFERED = "{\"secretName\":\"servers\",\"clientSecretName\":\"ours\"}";
    private static final String DEMANDED =
            "{\"secretName\":\"servers\",\"clientSecretName\":\"ours\",\"clientCertificates\":\"true\"}";
    private static final String GENERATED = "{\"generate\":\"true\"}";
    private static final String GENERATED_DEMANDED = "{\"generate\":\"true\",\"clientCertificates\":\"true\"}";
    private static final String REJECTION =
            "host all,replication replicator all reject  # streamset:tls.clientCertificates";

    @TempDir
    private Path folder;

    private ClusterSpec spec(StackDraft draft) {
        return ProjectDraft.in(folder).spec(draft);
    }

    private static StackDraft with(String tls) {
        return StackDraft.minimal().with("tls", tls);
    }

    private static StackDraft generating(String tls) {
        return with(tls).withSecret("certificateSeed", SEED);
    }

    private JsonNode pod(StackDraft draft) {
        return KubernetesObjects.of(ClusterObjects.of(spec(draft), Place.UNKNOWN, DeployedNodes.NONE)
                        .json())
                .get("StatefulSet", "postgresql-sfs")
                .at("/spec/template/spec");
    }

    private static String volume(JsonNode pod) {
        return list(pod.path("volumes"))
                .filter(one -> one.path("name").asString("").equals("tls-client"))
                .map(one -> one.path("secret").toString())
                .findFirst()
                .orElse("none");
    }

    private static Stream<JsonNode> list(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private List<String> ownLines(StackDraft draft) {
        var hba = spec(draft).files().pgHbaConf();
        return hba.substring(0, hba.indexOf("\n\n"))
                .lines()
                .filter(line -> line.contains("replicator"))
                .toList();
    }

    @Test
    void podsHaveThePairInFilesOfTheSameNameWhereverItComesFrom() {
        assertEquals(
                "{\"defaultMode\":288,\"items\":[{\"key\":\"tls.crt\",\"path\":\"client.crt\"},"
                        + "{\"key\":\"tls.key\",\"path\":\"client.key\"}],\"optional\":true,\"secretName\":\"ours\"}",
                volume(pod(with(OFFERED))));
        assertEquals(
                "{\"defaultMode\":288,\"items\":[{\"key\":\"client.crt\",\"path\":\"client.crt\"},"
                        + "{\"key\":\"client.key\",\"path\":\"client.key\"}],\"optional\":true,"
                        + "\"secretName\":\"postgresql-certificate\"}",
                volume(pod(generating(GENERATED))));
        assertEquals("none", volume(pod(with(WITHOUT))));
        for (var container : List.of("/initContainers/0", "/containers/0")) {
            var text = pod(with(OFFERED)).at(container).toString();
            assertTrue(
                    text.contains(
                                    "\"name\":\"CLIENT_CERTIFICATE\",\"value\":\"/var/lib/postgresql/data/tls/current/client.crt\"")
                            && text.contains("\"mountPath\":\"/etc/streamset/tls-client\""),
                    text);
        }
    }

    @Test
    void theCheckTriesItToo() {
        var objects = KubernetesObjects.of(ClusterObjects.of(spec(with(DEMANDED)), Place.UNKNOWN, DeployedNodes.NONE)
                .json());
        var withPair = objects.ofKind("Job")
                .map(job -> job.at("/spec/template/spec"))
                .filter(job -> !volume(job).equals("none"))
                .map(job -> job.at("/containers/0/name").asString(""))
                .toList();
        assertEquals(List.of("check"), withPair);
    }

    @Test
    void theLinesDemandItOnlyWhereThatIsDeclared() {
        assertEquals(ownLines(with(WITHOUT)), ownLines(with(OFFERED)));
        assertEquals(
                List.of(
                        "hostssl replication replicator .postgresql-svc.postgresql.svc.cluster.local scram-sha-256"
                                + " clientcert=verify-full",
                        REJECTION),
                ownLines(with(DEMANDED)).stream()
                        .filter(line -> line.contains("-svc.") || line.startsWith("host all,"))
                        .toList());
        assertTrue(ownLines(generating(GENERATED_DEMANDED)).contains(REJECTION));
    }

    @Test
    void theAuthorsTextStaysAsItIs() {
        var hba = spec(with(DEMANDED)).files().pgHbaConf();
        assertTrue(hba.endsWith(REJECTION + "\n\n" + ProjectDraft.PG_HBA_CONF), hba);
    }

    @Test
    void bothDemandsTogetherAreWrittenOnceEach() {
        var hba = spec(with(DEMANDED.replace("}", ",\"required\":\"true\"}")))
                .files()
                .pgHbaConf();
        assertEquals(
                1,
                hba.lines()
                        .filter(line -> line.startsWith("hostnossl all all all reject"))
                        .count());
        assertEquals(1, hba.lines().filter(REJECTION::equals).count());
        assertFalse(hba.contains("hostsslssl") || hba.contains("\nhost replication replicator"), hba);
    }

    @Test
    void theGeneratedOneIsForReplicatorAndForClientsAlone() throws CertificateException {
        var made = Certificates.of(
                new CertificateSeed(SEED), new Names("postgresql", "shop", "k.test"), Validity.at(Clock.systemUTC()));
        var text = made.files().get("client.crt").getBytes(StandardCharsets.US_ASCII);
        var certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(text));
        assertEquals("CN=replicator", certificate.getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        assertEquals(made.expires(), certificate.getNotAfter().toInstant());
        assertFalse(made.files().get("client.key").equals(made.files().get("tls.key")));
    }

    @Test
    void makesNoSenseWithoutTls() {
        with("{\"clientCertificates\":\"true\",\"clientSecretName\":\"ours\"}").isRefusedWith("""
                2 problems, nothing was changed

                streamset:tls.clientCertificates = true
                problem                          : a client shows its certificate only to a server that has one, and the servers have none
                fix                              : pulumi config set --plaintext --path 'streamset:tls.secretName' postgresql-tls; or pulumi config set --path 'streamset:tls.generate' true; or pulumi config set --path 'streamset:tls.clientCertificates' false

                streamset:tls.clientSecretName = ours
                problem                        : a client shows its certificate only to a server that has one, and the servers have none
                fix                            : pulumi config set --plaintext --path 'streamset:tls.secretName' postgresql-tls; or pulumi config set --path 'streamset:tls.generate' true; or pulumi config rm --path 'streamset:tls.clientSecretName'
                """);
    }

    @Test
    void comesFromSomewhere() {
        with("{\"secretName\":\"servers\",\"clientCertificates\":\"true\"}").isRefusedWith("""
                1 problem, nothing was changed

                streamset:tls.clientSecretName = (not set)
                problem                        : clientCertificates needs a certificate of replicator, and nothing says where that comes from
                fix                            : pulumi config set --plaintext --path 'streamset:tls.clientSecretName' postgresql-replicator-tls; or pulumi config set --path 'streamset:tls.clientCertificates' false
                """);
    }

    @Test
    void comesFromOnePlace() {
        generating("{\"generate\":\"true\",\"clientSecretName\":\"ours\"}").isRefusedWith("""
                1 problem, nothing was changed

                streamset:tls.clientSecretName = ours
                problem                        : generate makes the certificate of replicator too; only one of the two can apply
                fix                            : pulumi config rm --path 'streamset:tls.clientSecretName'; or pulumi config rm --path 'streamset:tls.generate'
                """);
    }

    @Test
    void isNotThatOfTheServers() {
        with("{\"secretName\":\"servers\",\"clientSecretName\":\"servers\"}").isRefusedWith("""
                1 problem, nothing was changed

                streamset:tls.clientSecretName = servers
                problem                        : is the Secret of the servers; replicator has a certificate of its own
                fix                            : pulumi config set --plaintext --path 'streamset:tls.clientSecretName' <another name>
                """);
    }

    @Test
    void isNotTheOneThatTheProgramWouldMake() {
        with("{\"secretName\":\"servers\",\"clientSecretName\":\"postgresql-certificate\"}")
                .isRefusedWith("""
                1 problem, nothing was changed

                streamset:tls.clientSecretName = postgresql-certificate
                problem                        : is the name of the Secret that the program makes with generate
                fix                            : pulumi config set --plaintext --path 'streamset:tls.clientSecretName' <another name>
                """);
    }

    @Test
    void podsGetItByARestart() {
        var plan = new Change(folder).key("tls", WITHOUT, OFFERED).plan();
        assertTrue(plan.contains("  streamset:tls.clientSecretName"), plan);
        assertTrue(plan.contains("pods restart one at a time"), plan);
        assertFalse(plan.contains("pod.spec"), plan);
        assertEquals(
                List.of(
                        "the Secret ours must exist in the namespace postgresql before the update, with tls.crt and tls.key of"
                                + " replicator: without it the update ends before it changes anything"
                                + " (streamset:tls.clientSecretName)"),
                dangers(new Change(folder).key("tls", WITHOUT, OFFERED)));
    }

    @Test
    void isDemandedByAReload() {
        for (var change : List.of(
                new Change(folder).key("tls", OFFERED, DEMANDED),
                new Change(folder).key("tls", GENERATED, GENERATED_DEMANDED).seeds(SEED, SEED))) {
            var plan = change.plan();
            assertTrue(plan.startsWith("changes since yesterday: no pause"), plan);
            assertTrue(plan.contains("+ " + REJECTION), plan);
            assertFalse(plan.contains("pods restart"), plan);
            assertEquals(
                    List.of(
                            "replicator gets in for replication alone, with a certificate and its password: whoever else connects"
                                    + " as this role is rejected"),
                    dangers(change));
        }
    }

    @Test
    void isDemandedNoMoreByAReload() {
        var change = new Change(folder).key("tls", DEMANDED, OFFERED);
        assertTrue(change.plan().startsWith("changes since yesterday: no pause"), change::plan);
        assertEquals(List.of("pg_hba.conf no longer rejects: " + REJECTION), dangers(change));
    }

    @Test
    void isNotDemandedBeforePodsHaveIt() {
        new Change(folder).key("tls", WITHOUT, DEMANDED).isRefused("""
                1 problem, nothing was changed

                streamset:tls.clientCertificates = true
                problem                          : the pods have no certificate of replicator yet, and get theirs one at a time: those that demand it already would turn the others away
                fix                              : pulumi config set --path 'streamset:tls.clientCertificates' false, then: pulumi up; then: pulumi config set --path 'streamset:tls.clientCertificates' true
                """);
    }

    @Test
    void isNotTakenAwayWhileServersDemandIt() {
        new Change(folder).key("tls", DEMANDED, WITHOUT).isRefused("""
                1 problem, nothing was changed

                streamset:tls.clientSecretName = (not set)
                problem                        : the pods lose the certificate of replicator one at a time, and those that still demand it would turn the others away
                fix                            : pulumi config set --plaintext --path 'streamset:tls.secretName' servers, pulumi config set --plaintext --path 'streamset:tls.clientSecretName' ours, pulumi config set --path 'streamset:tls.clientCertificates' false, then: pulumi up; then: pulumi config rm --path 'streamset:tls.clientSecretName'
                """);
        new Change(folder).before("tls", GENERATED_DEMANDED).seeds(SEED, SEED).isRefused("""
                1 problem, nothing was changed

                streamset:tls.generate = (not set)
                problem                : the pods lose the certificate of replicator one at a time, and those that still demand it would turn the others away
                fix                    : pulumi config set --path 'streamset:tls.generate' true, pulumi config set --path 'streamset:tls.clientCertificates' false, then: pulumi up; then: pulumi config rm streamset:tls
                """);
    }

    private List<String> dangers(Change change) {
        return Plan.of(change.deployed(), change.wanted(), new Problems()).orElseThrow().dangers().stream()
                .map(danger -> danger.text())
                .toList();
    }
}
