package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.cluster.ClusterSpec;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.config.Target;
import streamset.features.Features;
import streamset.problems.Problem;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Tag("unit")
class StackSchemaTest {
    private static final int RANDOM_FILES = 1500; // some milliseconds each
    private static final JsonMapper JSON = JsonMapper.shared();

    // what no schema can say: how the values of several keys fit each other, and what comes of arithmetic
    private static final Pattern BEYOND_A_SCHEMA = Pattern.compile(
            "is the Secret of the servers|a client shows its certificate only|must be the ordinal of a pod|must contain ordinals of pods|is the declared primary"
                    + "|must be a whole number of standbys|is an image of PostgreSQL"
                    + "|must be a Kubernetes quantity of bytes|must be a multiple of 2Mi"
                    + "|is in the list twice|takes one whole number|takes no values?|takes at least one value"
                    + "|counts only with the effect|only the operator Exists needs none|has no effect: only Services"
                    + "|must contain ranges (of addresses|within)"
                    + "|must have 1 … 63 bytes|must have no invisible characters|a database's owner has its name|owns the database|the role is declared in"
                    + "|no such key; there are: postgres, replicator|nothing else here has an effect"
                    + "|only writeRate is set|only backup.outage is set|pgBackRest takes 56 MB|with streamset:backup"
                    + "|must have no range that ends|must name a day that one|is the place from which|must be a day that there is"
                    + "|nothing can be stored without|the store must have an address|it must say which cluster|an existing Secret must have the keys"
                    + "|a point in time must be named|nobody publishes an image"
                    + "|is a port of PostgreSQL|has no Patroni|with failover automatic|applies only to failover automatic");

    @TempDir
    private Path folder;

    private static String text() throws IOException {
        return StackSchema.text(ConfigKeys.of(Files.readString(Path.of("Pulumi.yaml"))));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text());
    }

    static Stream<Path> stackFiles() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of(""), "Pulumi.{dev,staging,prod}.yaml")) {
            var all = new ArrayList<Path>();
            files.forEach(all::add);
            return all.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stackFiles")
    void isNamedByEachStackFileAndTakesIt(Path file) throws IOException {
        assertEquals(StackSchema.REFERENCE, Files.readAllLines(file).get(0));
        assertEquals(List.of(), schema().validate(new YAMLMapper().readTree(file)));
    }

    @Test
    void hasTheKeysOfPulumiYaml() throws IOException {
        var declared = new YAMLMapper().readTree(Path.of("Pulumi.yaml")).get("config");
        var keys = new TreeSet<>(
                ConfigKeys.of(Files.readString(Path.of("Pulumi.yaml"))).keySet());
        keys.removeIf(key -> key.startsWith("kubernetes:"));
        assertEquals(new TreeSet<>(declared.propertyNames()), keys);
    }

    /** The program tells them when it is asked for one that is like none. */
    @Test
    void hasTheFieldsOfTheProgram() throws IOException {
        var keys = ConfigKeys.of(Files.readString(Path.of("Pulumi.yaml")));
        var config = JSON.createObjectNode().put("kubernetes:context", "prod");
        keys.forEach((key, kind) -> {
            if (kind.has("object")) {
                config.putObject(key).put("unheardOfByAnybody", 1);
            }
        });
        for (var problem : problems(config)) {
            var kind = keys.get(problem.subject().replaceFirst("\\..*", ""));
            if (problem.reason().startsWith("no such key")) {
                var fields = new TreeSet<>(kind.get("object").propertyNames());
                assertEquals("no such key; there are: " + String.join(", ", fields), problem.reason());
            }
        }
    }

    @Test
    void hasTheDefaultsOfTheProgram() throws IOException {
        var config = JSON.createObjectNode().put("kubernetes:context", "prod");
        config.putObject("streamset:backup") // without which its other fields are refused
                .put("bucket", "backups")
                .put("endpoint", "s3.example.org")
                .put("secretName", "backup")
                .put("image", "pgbackrest:18");
        var bare = config.deepCopy();
        ConfigKeys.of(Files.readString(Path.of("Pulumi.yaml")))
                .forEach((key, kind) -> kind.path("object").properties().forEach(field -> {
                    if (field.getValue().has("default")) {
                        config.withObjectProperty(key)
                                .set(field.getKey(), field.getValue().get("default"));
                    }
                }));
        assertTrue(config.size() > 4, config::toString);
        assertEquals(stack(bare), stack(config));
    }

    /** To the engine that is a text. */
    @Test
    void hasNoParametersThatAreEncryptedAsAWhole() throws IOException {
        for (var words : List.of("{secure: v1:x}", "{work_mem: {secure: v1:x}}", "{secure: 1, jit: off}")) {
            var file =
                    new YAMLMapper().readTree("config: {kubernetes:context: x, streamset:parameters: " + words + "}");
            assertEquals(
                    words.contains("v1:x}") && !words.contains("work_mem"),
                    !schema().validate(file).isEmpty(),
                    words);
        }
    }

    /** What the program takes the schema takes; what the program refuses the schema refuses, wherever it can say so. */
    @Test
    void refusesWhatTheProgramRefuses() throws IOException {
        long seed = Long.getLong("schema.seed", 3);
        var random = new RandomConfig(new Random(seed));
        var schema = schema();
        var differences = new TreeSet<String>();
        int taken = 0;
        int refusedByBoth = 0;
        for (int i = 0; i < RANDOM_FILES; i++) {
            var config = random.config();
            var problems = problems(config);
            var errors = schema.validate(JSON.createObjectNode().set("config", config));
            taken += problems.isEmpty() ? 1 : 0;
            refusedByBoth += !problems.isEmpty() && !errors.isEmpty() ? 1 : 0;
            if (problems.isEmpty() && !errors.isEmpty()) {
                differences.add(config + "\n  is taken, but the schema says: " + words(errors));
            } else if (errors.isEmpty() && !problems.stream().allMatch(StackSchemaTest::isBeyondASchema)) {
                differences.add(config + "\n  is taken by the schema, but refused: " + problems);
            }
        }
        assertEquals("", String.join("\n", differences), "-Dschema.seed=" + seed);
        System.out.println(taken + " files are taken, " + refusedByBoth + " refused by program and schema");
        assertTrue(taken > RANDOM_FILES / 10 && refusedByBoth > RANDOM_FILES / 4, "-Dschema.seed=" + seed);
    }

    private static boolean isBeyondASchema(Problem problem) {
        return BEYOND_A_SCHEMA.matcher(problem.reason()).find();
    }

    private static List<String> words(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }

    private List<Problem> problems(JsonNode config) throws IOException {
        var problems = new Problems();
        read(config, problems);
        return problems.found();
    }

    private StackConfig stack(JsonNode config) throws IOException {
        var problems = new Problems();
        var stack = read(config, problems);
        problems.throwIfAny();
        return stack;
    }

    /** As the program reads its configuration, up to the conf files. */
    private StackConfig read(JsonNode config, Problems problems) throws IOException {
        var file = Files.writeString(folder.resolve("Pulumi.qa.yaml"), "config: " + config);
        var raw = StackFile.read(Path.of(""), file, problems);
        Target.from(raw, problems);
        var keys = Section.of(StackConfig.NAMESPACE, raw, problems);
        var stack = StackConfig.read(keys);
        Features.read(ClusterSpec.FEATURES, keys, stack);
        keys.rejectUnknown();
        return stack;
    }
}
