package streamset.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import streamset.config.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Tag("unit")
class RulesTest {
    private static final Path EXAMPLES = Path.of("policy", "examples");
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<JsonNode> objects(String yaml) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll();
        }
    }

    private static List<Breach> ofExample(Rule rule, String end) throws IOException {
        return Rules.of(objects(Files.readString(EXAMPLES.resolve(rule.key() + "." + end + ".yaml"))));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void haveAnExampleThatFollowsEachOfThem(Rule rule) throws IOException {
        var rest = ofExample(rule, "passes").stream()
                .map(Breach::rule)
                .filter(broken -> broken != Rule.POD_DISRUPTION_BUDGET || rule == Rule.POD_DISRUPTION_BUDGET)
                .toList();
        assertEquals(List.of(), rest);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void haveAnExampleThatBreaksEachOfThemAlone(Rule rule) throws IOException {
        var broken = ofExample(rule, "fails").stream()
                .map(Breach::rule)
                .filter(other -> other != Rule.POD_DISRUPTION_BUDGET || rule == Rule.POD_DISRUPTION_BUDGET)
                .collect(Collectors.toSet());
        assertEquals(Set.of(rule), broken);
    }

    @Test
    void haveNoOtherExamples() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            assertEquals(2 * Rule.values().length, files.count());
        }
    }

    @Test
    void sayWhatIsThereAndWhatToDo() throws IOException {
        var all = new StringBuilder();
        for (var rule : Rule.values()) {
            for (var breach : ofExample(rule, "fails")) {
                if (breach.rule() == rule) {
                    all.append(rule.key()).append(" | ").append(breach.text()).append(" | ");
                    all.append(breach.remedy()).append("\n");
                }
            }
        }
        assertEquals("""
                imageByDigest | StatefulSet postgresql-sfs, container postgresql: its image is docker.io/library/postgres:18 | pulumi config set streamset:image 'docker.io/library/postgres:18@sha256:<digest>', with the digest that the registry gives it
                imageByDigest | StatefulSet postgresql-sfs, container metrics: its image is quay.io/prometheuscommunity/postgres-exporter:v0.19.1 | pulumi config set --path 'streamset:metrics.image' 'quay.io/prometheuscommunity/postgres-exporter:v0.19.1@sha256:<digest>', with the digest that the registry gives it
                imageByDigest | StatefulSet postgresql-sfs, container archiver: its image is registry.example.org/postgres-pgbackrest:18 | pulumi config set --path 'streamset:backup.image' 'registry.example.org/postgres-pgbackrest:18@sha256:<digest>', with the digest that the registry gives it
                noTrust | ConfigMap postgresql-configs: pg_hba.conf has the line host all all 10.0.0.0/8 trust | change the method of this line to scram-sha-256
                scramOnly | ConfigMap postgresql-configs: password_encryption is md5 | pulumi config set --plaintext --path 'streamset:parameters.password_encryption' scram-sha-256
                scramOnly | ConfigMap postgresql-configs: pg_hba.conf has the line host all all all md5 | change the method of this line to scram-sha-256
                scramOnly | ConfigMap postgresql-configs: pg_hba.conf has the line host all all 10.0.0.0/8 password | change the method of this line to scram-sha-256
                keepVolumes | PersistentVolumeClaim data-postgresql-sfs-0: it is deleted, with its data, when it is no longer declared | pulumi config set streamset:keepVolumes true
                durableCommits | ConfigMap postgresql-configs: fsync is off | pulumi config set --path 'streamset:parameters.fsync' on
                durableCommits | ConfigMap postgresql-configs: full_page_writes is off | pulumi config set --path 'streamset:parameters.full_page_writes' on
                synchronousStandby | ConfigMap postgresql-configs: a commit waits for no standby | pulumi config set --path 'streamset:synchronous.standbys' 1
                standby | StatefulSet postgresql-sfs: it has one pod | pulumi config set streamset:replicas 3
                podDisruptionBudget | StatefulSet postgresql-sfs: no PodDisruptionBudget with maxUnavailable 1 selects its pods | declare one with the selector of the StatefulSet
                reservedMemory | StatefulSet postgresql-sfs, container postgresql: it requests 256Mi and is limited to 512Mi | declare its resources with requests.memory and limits.memory of the same size
                privateServices | Service postgresql-primary: its type is LoadBalancer | declare it with the type ClusterIP
                privateServices | Service postgresql-primary: it has the addresses ["192.0.2.7"] | declare it without externalIPs
                """, all.toString());
    }

    @Test
    void areListedForPeople() throws IOException {
        var rows = Files.readAllLines(Path.of("policy", "README.md")).stream()
                .filter(line -> line.startsWith("| `") && !line.contains("`make") && !line.contains("`pulumi"))
                .toList();
        assertEquals(
                Arrays.stream(Rule.values())
                        .map(rule -> "| `" + rule.key() + "` | " + rule.demand() + " |")
                        .toList(),
                rows);
    }

    /** Which promises less than a commit on the disks of two pods, or of one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on           |",
                "remote_apply |",
                "remote_write | SYNCHRONOUS_STANDBY",
                "local        | SYNCHRONOUS_STANDBY",
                "off          | DURABLE_COMMITS SYNCHRONOUS_STANDBY",
            })
    void knowWhatSynchronousCommitPromises(String value, String broken) throws IOException {
        var file = Files.readString(EXAMPLES.resolve("durableCommits.passes.yaml"))
                .replace(
                        "synchronous_standby_names",
                        "synchronous_commit = " + value + "\n    synchronous_standby_names");
        var rules = Rules.of(objects(file)).stream()
                .map(breach -> breach.rule().name())
                .collect(Collectors.joining(" "));
        assertEquals(broken == null ? "" : broken, rules);
    }

    @Test
    void takeWhatIsNotKnownYetForFollowed() throws IOException {
        var unknown = """
                kind: StatefulSet
                metadata: {name: null}
                spec: {replicas: null, template: {spec: {containers: [{image: null, resources: {requests: {memory: null}, limits: null}}]}}}
                ---
                kind: ConfigMap
                metadata: {name: a, labels: {app.kubernetes.io/version: "18"}}
                data: null
                ---
                kind: PersistentVolumeClaim
                metadata: {annotations: null}
                ---
                kind: Service
                spec: {type: null, externalIPs: null}
                ---
                kind: Provider
                """;
        for (var object : objects(unknown)) {
            assertEquals(List.of(), Rules.ofObject(object));
        }
    }

    @Test
    void judgeCandidateFilesWhenTheyAreTaken() throws IOException {
        var fails = Files.readString(EXAMPLES.resolve("durableCommits.fails.yaml"));
        var candidate = fails.replace("postgresql-configs", "postgresql-candidate-0123456789");
        assertTrue(candidate.contains("candidate"));
        assertEquals(List.of(), Rules.of(objects(candidate)));
    }
}
