package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.config.RawConfig;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stack files are read as the real CLI reads them, and those that it refuses are refused with file and line. */
@Tag("cluster")
class StackFileIT {
    private static final int RANDOM_FILES = 60; // about a third of a second each
    private static final JsonMapper JSON = JsonMapper.shared();

    // what the engine would take, or take at times: refused all the same
    private static final Pattern STRICTER = Pattern.compile("which of the two applies is left to chance"
            + "|is not a text, so it is not a (key|name of a field)"
            + "|more than 100 nested lists and objects"
            + "|is a directive|begins a second document"
            + "|only the engine takes as the end of a line"
            + "|begins with an empty line|is a merge key for the engine|for the engine, '\\?' begins a name"
            + "|has nothing after the colon"
            + "|that cannot start any token"); // tabs, and a list with a dash in it

    @TempDir
    private Path folder;

    private PulumiCli cli;

    @BeforeEach
    void makeProject() throws IOException {
        cli = new PulumiCli(folder);
    }

    @Test
    void readsFilesAsTheCliReadsThem() throws IOException {
        // without types, which the CLI checks only when it updates
        writeProject(Files.readString(Path.of("Pulumi.yaml")).replaceAll("(?m)^    (type|items): .*\n", ""));
        var files = handMade();
        long seed = Long.getLong("schema.seed", 3);
        System.out.println("stack files of -Dseed=" + seed);
        var random = new RandomStackFile(new Random(seed));
        for (int i = 0; i < RANDOM_FILES; i++) {
            files.put("random file " + i, random.text());
        }
        assertTrue(files.size() >= 200, () -> files.size() + " files");

        var differences = new ArrayList<String>();
        var refused = new TreeSet<String>();
        for (var file : files.entrySet()) {
            var difference = difference(file.getValue(), refused);
            if (!difference.isEmpty()) {
                differences.add(file.getKey() + ":\n" + file.getValue() + "\n" + difference);
            }
        }
        assertEquals("", String.join("\n------\n", differences));
        System.out.println(files.size() + " stack files, of which " + refused.size() + " are refused");
        assertTrue(files.size() - refused.size() >= 70, () -> refused.size() + " are refused");
    }

    private void writeProject(String text) throws IOException {
        Files.writeString(cli.project().resolve("Pulumi.yaml"), text);
    }

    /** The program under the engine gets PULUMI_CONFIG, which is the same once more. */
    @Test
    void readsWhatAnUpdateHandsToTheProgram() throws IOException {
        cli.useEcho();
        var texts = List.of("""
                config:
                  replicas: 0x5
                  streamset:version: "15"
                  streamset:keepVolumes: FALSE
                  streamset:resources: &r {cpu: 1e0, memory: 1Gi}
                  streamset:storage: {<<: *r, size: 2Gi}
                  streamset:lost: [1, 0x2]
                  streamset:parameters: {work_mem: 8MB, jit: off, max_connections: 1e2, "pg_stat_statements.max": 1_000}
                  streamset:secretName: passwords
                  streamset:name: 2001-01-01
                  kubernetes:context: ~
                """, """
                config:
                  streamset:config:replicas: +3
                  streamset:wal: {share: .5, keepSize: 18446744073709551615}
                """);
        for (var text : texts) {
            assertEquals("", handedOver(text), text);
        }
    }

    @Test
    void demandsTheTypesThatAnUpdateDemands() throws IOException {
        cli.useEcho();
        var texts = List.of(
                "replicas: ",
                "replicas: three",
                "replicas: 1.5",
                "replicas: {a: 1}",
                "keepVolumes: yes",
                "keepVolumes: \"\"",
                "name: {a: b}",
                "name: [a]",
                "resources: '{\"cpu\": 1}'",
                "resources: [1]",
                "synchronous: 1",
                "lost: 0",
                "lost: '[0]'",
                "lost: [x]",
                "lost: [[0]]",
                "lost: {a: 0}");
        for (var text : texts) {
            var difference = handedOver("config: {streamset:" + text + "}\n");
            assertTrue(difference.contains("case.yaml:1") && difference.contains("must be of type"), difference);
        }
    }

    /** Empty when the program gets what is read here; else both refusals, or how they differ. */
    private String handedOver(String text) throws IOException {
        var file = Files.writeString(folder.resolve("case.yaml"), text);
        var problems = new Problems();
        var ours = StackFile.read(cli.project(), file, problems);
        var preview = cli.run("preview", "--stack", PulumiCli.STACK, "--config-file", file.toString());
        var refusal = refusal(problems);
        if (!refusal.isEmpty() || preview.exitCode() != 0) {
            return refusal + "\n" + preview.output();
        }
        var environment = new Properties();
        try (var in = Files.newInputStream(cli.echo())) {
            environment.load(in);
        }
        var theirs = new TreeMap<String, String>();
        environment.forEach((name, value) -> theirs.put((String) name, (String) value));
        var handed = RawConfig.fromEnvironment(theirs);
        var expected = JSON.createObjectNode();
        handed.values()
                .forEach((key, value) -> expected.set(
                        key,
                        JSON.createObjectNode()
                                .put("value", value)
                                .put("secret", handed.secretKeys().contains(key))));
        return difference(ours.values(), ours.secretKeys(), expected);
    }

    private static Map<String, String> handMade() throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var resource = StackFileIT.class.getResourceAsStream("stack-files.txt")) {
            var text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.substring("=== ".length()).split("(?m)^=== ")) {
                int end = part.indexOf('\n');
                var body = Pattern.compile("⟨(\\p{XDigit}{4})⟩")
                        .matcher(part.substring(end + 1))
                        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)));
                files.put(part.substring(0, end), body);
            }
        }
        return files;
    }

    /** Empty when both read the same, or both refuse. */
    private String difference(String text, TreeSet<String> refused) throws IOException {
        var file = Files.writeString(folder.resolve("case.yaml"), text);
        var problems = new Problems();
        var ours = StackFile.read(cli.project(), file, problems);
        var refusal = refusal(problems);
        var result = cli.run("config", "--json", "--stack", PulumiCli.STACK, "--config-file", file.toString());
        if (!refusal.isEmpty()) {
            refused.add(text);
            if (!refusal.contains("\n" + file + ":")) {
                return "names no line: " + refusal;
            }
            boolean same = result.exitCode() != 0 || STRICTER.matcher(refusal).find();
            return same ? "" : "refused, though the CLI takes it:\n" + refusal;
        }
        if (result.exitCode() != 0) {
            return "taken as " + ours.values() + ", though the CLI says:\n" + result.output();
        }
        var theirs = JSON.readTree(result.output().substring(result.output().indexOf("\n{") + 1));
        return difference(ours.values(), ours.secretKeys(), theirs);
    }

    private static String difference(Map<String, String> values, Set<String> secretKeys, JsonNode theirs) {
        var ours = new TreeMap<>(values);
        var expected = new TreeMap<String, String>();
        theirs.properties().forEach(key -> {
            if (key.getValue().get("secret").asBoolean()) {
                expected.put(key.getKey(), "(secret)");
            } else {
                expected.put(
                        key.getKey(), comparable(key.getValue().get("value").asString()));
            }
        });
        // stands in for what is not in the file
        if (!expected.getOrDefault("streamset:passwords", "").equals("(secret)")
                && ours.getOrDefault("streamset:passwords", "").contains(StackFile.HIDDEN)) {
            ours.put("streamset:passwords", "{}");
            secretKeys = new TreeSet<>(secretKeys);
            secretKeys.remove("streamset:passwords");
        }
        for (String key : secretKeys) {
            ours.put(key, "(secret)");
        }
        ours.replaceAll((key, value) -> comparable(value));
        return ours.equals(expected) ? "" : "read as   " + ours + "\nthe CLI:  " + expected;
    }

    /** JSON without regard to spaces, order and escapes. */
    private static String comparable(String value) {
        if (!value.startsWith("{") && !value.startsWith("[")) {
            return value;
        }
        try {
            return sorted(JSON.readTree(value)).toString();
        } catch (JacksonException e) {
            return value;
        }
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            var sorted = new TreeMap<String, Object>();
            node.properties().forEach(field -> sorted.put(field.getKey(), sorted(field.getValue())));
            return sorted;
        }
        return node.isArray() ? node.valueStream().map(StackFileIT::sorted).toList() : node.toString();
    }

    private static String refusal(Problems problems) {
        try {
            problems.throwIfAny();
            return "";
        } catch (BadInput e) {
            return e.getMessage();
        }
    }
}
