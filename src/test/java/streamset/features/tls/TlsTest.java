package streamset.features.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Change;
import streamset.plan.Plan;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** {@code streamset:tls}, from the stack file to the objects and the plan. */
@Tag("unit")
class TlsTest {
    private static final String OFFERED = "{\"secretName\":\"postgresql-tls\"}";
    private static final String REQUIRED = "{\"secretName\":\"postgresql-tls\",\"required\":\"true\"}";

    @TempDir
    private Path folder;

    private ClusterSpec spec(StackDraft draft) {
        return ProjectDraft.in(folder).spec(draft);
    }

    private static StackDraft with(String tls) {
        return StackDraft.minimal().with("tls", tls);
    }

    private static KubernetesObjects objects(ClusterSpec spec) {
        return KubernetesObjects.of(
                ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.NONE).json());
    }

    private static Stream<JsonNode> in(JsonNode list, String... path) {
        return StreamSupport.stream(list.at("/" + String.join("/", path)).spliterator(), false);
    }

    private static Optional<String> variable(JsonNode container, String name) {
        return in(container, "env")
                .filter(one -> one.path("name").asString("").equals(name))
                .map(one -> one.path("value").asString(""))
                .findFirst();
    }

    @Test
    void turnsItOnWithTheFilesThatTheScriptsAdopt() {
        var conf = spec(with(OFFERED)).files().postgresqlConf();
        for (var line : List.of(
                "ssl = 'on'",
                "ssl_cert_file = '/var/lib/postgresql/data/tls/current/tls.crt'",
                "ssl_key_file = '/var/lib/postgresql/data/tls/current/tls.key'",
                "ssl_ca_file = '/var/lib/postgresql/data/tls/current/ca.crt'",
                "ssl_min_protocol_version = 'TLSv1.3'")) {
            assertTrue(conf.contains(line), conf);
        }
    }

    @Test
    void leavesTheLeastVersionToWhoeverSetsIt() {
        var draft = with(OFFERED).with("parameters", "{\"ssl_min_protocol_version\":\"TLSv1.2\"}");
        var conf = spec(draft).files().postgresqlConf();
        assertTrue(conf.contains("ssl_min_protocol_version = 'TLSv1.2'"), conf);
        assertFalse(conf.contains("TLSv1.3"), conf);
    }

    @Test
    void letsPlainClientsInUnlessItIsRequired() {
        var hba = spec(with(OFFERED)).files().pgHbaConf();
        assertFalse(hba.contains("hostssl") || hba.contains("hostnossl"), hba);
        assertEquals(spec(StackDraft.minimal()).files().pgHbaConf(), hba);
    }

    @Test
    void rejectsThemBeforeAnyLineOfTheAuthorWhereItIs() {
        var hba = spec(with(REQUIRED)).files().pgHbaConf();
        assertTrue(
                hba.lines()
                        .toList()
                        .subList(2, 5)
                        .equals(List.of(
                                "hostnossl all all all reject  # streamset:tls.required",
                                "hostssl postgres postgres all scram-sha-256  # Jobs, whose addresses are not known"
                                        + " beforehand",
                                "hostssl postgres streamset all scram-sha-256  # the nodes, which query each other")),
                hba);
        assertTrue(hba.endsWith("\n\n" + ProjectDraft.PG_HBA_CONF), hba);
    }

    @Test
    void mountsTheSecretInPodsAndOnlyTheRootInJobs() {
        var objects = objects(spec(with(REQUIRED)));
        var pod = objects.get("StatefulSet", "postgresql-sfs").at("/spec/template/spec");
        assertTrue(pod.path("volumes").toString().contains("\"secretName\":\"postgresql-tls\""), pod::toPrettyString);
        for (var container : List.of(pod.at("/initContainers/0"), pod.at("/containers/0"))) {
            assertTrue(
                    container.path("volumeMounts").toString().contains("\"/etc/streamset/tls\""), container::toString);
            assertEquals(
                    Optional.of("/var/lib/postgresql/data/tls/current/ca.crt"),
                    variable(container, "ROOT_CERTIFICATE"));
        }
        objects.ofKind("Job").map(job -> job.at("/spec/template/spec")).forEach(job -> {
            var container = job.at("/containers/0");
            boolean check = container.path("name").asString("").equals("check");
            assertEquals(!check, job.path("volumes").toString().contains("\"path\":\"ca.crt\""), job::toPrettyString);
            assertEquals(check ? Optional.empty() : Optional.of("true"), variable(container, "TLS_REQUIRED"));
        });
    }

    @Test
    void hasTheCheckTryEveryName() {
        var check = objects(spec(with(OFFERED)))
                .ofKind("Job")
                .map(job -> job.at("/spec/template/spec/containers/0"))
                .filter(container -> container.path("name").asString("").equals("check"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                Optional.of("postgresql-sfs-0.postgresql-svc.postgresql.svc.cluster.local"
                        + " postgresql-sfs-1.postgresql-svc.postgresql.svc.cluster.local"
                        + " postgresql-sfs-2.postgresql-svc.postgresql.svc.cluster.local"
                        + " postgresql-primary.postgresql.svc.cluster.local postgresql-read.postgresql.svc.cluster.local"
                        + " localhost"),
                variable(check, "TLS_NAMES"));
    }

    @Test
    void leavesNothingWhereNobodyAsksForIt() {
        var text = objects(spec(StackDraft.minimal())).all().toString();
        assertFalse(
                Stream.of("ROOT_CERTIFICATE\",", "TLS_NAMES\",", "/etc/streamset/tls\"", "ssl_cert_file = '")
                        .anyMatch(text::contains),
                text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"required\":\"true\"}", "{\"required\":\"true\",\"secretName\":\"\"}"})
    void isNotRequiredWithoutACertificate(String tls) {
        with(tls).isRefusedWith("""
                1 problem, nothing was changed

                streamset:tls.secretName = (not set)
                problem                  : required needs a certificate, and nothing says where that comes from
                fix                      : pulumi config set --plaintext --path 'streamset:tls.secretName' postgresql-tls; or pulumi config set --path 'streamset:tls.generate' true
                """);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        with("{\"secretName\":\"My_TLS\",\"required\":\"yes\",\"requird\":\"true\"}")
                .isRefusedWith("""
                3 problems, nothing was changed

                streamset:tls.secretName = My_TLS
                problem                  : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean my-tls?
                fix                      : pulumi config set --plaintext --path 'streamset:tls.secretName' my-tls

                streamset:tls.required = yes
                problem                : must be true or false
                fix                    : pulumi config set --path 'streamset:tls.required' true

                streamset:tls.requird = true
                problem               : no such key, did you mean streamset:tls.required?
                fix                   : pulumi config rm --path 'streamset:tls.requird'
                """);
    }

    @Test
    void isSwitchedOnByARestartThatThePlanTells() {
        var plan = new Change(folder).after("tls", OFFERED).plan();
        assertTrue(plan.contains("  streamset:tls"), plan);
        assertTrue(plan.contains("pods restart one at a time"), plan);
        assertFalse(plan.contains("pod.spec"), plan);
    }

    @Test
    void isRequiredByAReload() {
        var plan =
                new Change(folder).before("tls", OFFERED).after("tls", REQUIRED).plan();
        assertTrue(plan.startsWith("changes since yesterday: no pause"), plan);
        assertTrue(plan.contains("+ hostnossl all all all reject"), plan);
        assertFalse(plan.contains("pods restart"), plan);
    }

    @Test
    void isNotRequiredBeforePodsHaveIt() {
        new Change(folder).after("tls", REQUIRED).isRefused("""
                1 problem, nothing was changed

                streamset:tls.required = true
                problem                : the pods have no certificate yet, and get theirs one at a time: those that demand TLS already could not reach the others
                fix                    : pulumi config set --path 'streamset:tls.required' false, then: pulumi up; then: pulumi config set --path 'streamset:tls.required' true
                """);
    }

    private List<String> dangers(Change change) {
        return Plan.of(change.deployed(), change.wanted(), new Problems()).orElseThrow().dangers().stream()
                .map(danger -> danger.text())
                .toList();
    }

    @Test
    void aReviewerReadsWhoIsLockedOutAndWhatMustExist() {
        assertEquals(
                List.of(
                        "clients that connect without TLS are rejected; the sessions that they have go on until they end"),
                dangers(new Change(folder).before("tls", OFFERED).after("tls", REQUIRED)));
        assertEquals(
                List.of(
                        "the Secret postgresql-tls must exist in the namespace postgresql before the update, with tls.crt,"
                                + " tls.key and ca.crt: without it the update ends before it changes anything (streamset:tls)"),
                dangers(new Change(folder).after("tls", OFFERED)));
    }
}
