package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Command;
import streamset.config.Target;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is printed as a remedy works when it is typed, and does what it promises. */
@Tag("cluster")
class RemediesIT {
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String GOOD = """
            config:
              kubernetes:context: kind
              replicas: 3
              streamset:storage: {size: 10Gi}
              streamset:parameters: {work_mem: 8MB}
              streamset:secretName: passwords
            """;

    /** Everything wrong at once that a command can mend. */
    private static final List<String> BAD = List.of("""
            config:
              kubernetes:context: kind
              kubernetes:contxt: kind
              streamset:name: My Cluster
              streamset:namespace: "-"
              streamset:clusterDomain: cluster_local
              streamset:replicas: 4
              streamset:primary: 9
              streamset:version: 12
              streamset:image: postgres:12
              streamset:resources: {cpu: x, memory: 1Zi, hugepages: 1}
              streamset:storage: {size: 10, className: Fast SSD, kind: tape}
              streamset:wal: {keepSegment: 1, segmentSize: 17MB, volume: {size: x}}
              streamset:parameters: {port: 5433, "a b": 1, work_mem: 1QB, "pg stat.max": 5, "it's": 1, log_line_prefx: "%m"}
              streamset:secretName: My Secret
              streamset:synchronous: {standbys: 7}
              streamset:lost: [0, 9]
              streamset:wall: 5
              "streamset:my key": 5
              streamset:a.b: 5
            """, """
            config:
              kubernetes:context: kind
              streamset:passwords: {postgres: clear, replicator: clear, other: clear}
              streamset:secretName: passwords
            """, """
            config:
              streamset:passwords: {postgres: {secure: x}}
              streamset:resources: {memory: 64Mi}
              streamset:parameters: {shared_buffers: 10GB, work_mem: 1GB, max_connections: 5000}
            """, """
            config:
              kubernetes:context: kind
              streamset:secretName: passwords
              streamset:storage: {size: 1Gi}
              streamset:wal: {keepSize: 20GB}
            """);

    @TempDir
    private Path folder;

    private PulumiCli cli;

    @BeforeEach
    void makeProject() throws IOException {
        cli = new PulumiCli(folder);
        var selected = cli.run("stack", "select", PulumiCli.STACK);
        assertEquals(0, selected.exitCode(), selected.output());
    }

    @Test
    void mendWhatTheyAreSaidToMend() throws IOException {
        var tried = new ArrayList<String>();
        for (var bad : BAD) {
            for (var problem : problems(bad)) {
                for (var command : ConfigCommand.in(problem.fix())) {
                    if (!command.contains("<")) {
                        tried.add(command);
                        var mended = after(bad, command);
                        assertTrue(
                                problems(mended).stream().noneMatch(now -> same(now, problem)),
                                () -> command + "\nleaves\n" + problem.text() + "\nin\n" + mended);
                    }
                }
            }
        }
        assertTrue(tried.size() >= 25, tried::toString);
        assertTrue(tried.stream().anyMatch(command -> command.contains("--plaintext")), tried::toString);
        assertTrue(tried.stream().anyMatch(command -> command.contains("--secret")), tried::toString);
        assertTrue(tried.stream().anyMatch(command -> command.contains("[\"")), tried::toString);
    }

    /** The remedy may need several commands, so the value may be refused for another reason then. */
    private static boolean same(Problem now, Problem before) {
        return now.subject().equals(before.subject())
                && now.reason().equals(before.reason())
                && now.value().equals(before.value());
    }

    @Test
    void areToldAsEditsThatComeToTheSame() throws IOException {
        var commands = List.of(
                new ConfigCommand("streamset:", "version", false).set("17"),
                new ConfigCommand("streamset:", "keepVolumes", false).set("false"),
                new ConfigCommand("streamset:", "secretName", false).set("postgresql-passwords"),
                new ConfigCommand("streamset:storage.", "size", false).set("20Gi"),
                new ConfigCommand("streamset:wal.volume.", "size", false).set("4Gi"),
                new ConfigCommand("streamset:parameters.", "pg_stat_statements.max", false).set("5000"),
                new ConfigCommand("streamset:parameters.", "password_encryption", false).set("scram-sha-256"),
                new ConfigCommand("streamset:parameters.", "log_line_prefix", false).set("%m [%p] it's \"so\": "),
                new ConfigCommand("streamset:parameters.", "log_min_duration_statement", false).set("-1"),
                new ConfigCommand("streamset:parameters.", "jit", false).set("off"),
                new ConfigCommand("streamset:parameters.", "x", false).set("010"),
                new ConfigCommand("streamset:", "image", false).set("registry:5000/postgres:18@sha256:0"),
                "pulumi config set --path 'streamset:lost[0]' 2",
                new ConfigCommand("kubernetes:", "context", false).set("arn:aws:eks:eu-1:12:cluster/x"),
                new ConfigCommand("streamset:", "secretName", false).remove(),
                new ConfigCommand("streamset:parameters.", "work_mem", false).remove(),
                new ConfigCommand("streamset:storage.", "size", false).remove());
        for (var command : commands) {
            var typed = values(after(GOOD, command));
            var edited = values(edited(ConfigCommand.replaced(command, ConfigEdit::text)));
            assertFalse(typed.equals(values(GOOD)), command);
            assertEquals(typed, edited, command);
        }
    }

    /** As somebody does by hand: fields beside those that are there. */
    private static String edited(String edit) {
        var file = (ObjectNode) YAML.readTree(GOOD.replace("replicas:", "streamset:replicas:"));
        var config = (ObjectNode) file.get("config");
        if (edit.startsWith("delete ")) {
            var parts = edit.substring("delete ".length()).split(" of ");
            var from = parts.length == 1 ? config : (ObjectNode) config.get(parts[1]);
            from.remove(parts[0]);
        } else {
            merge(config, YAML.readTree(edit));
        }
        return YAML.writeValueAsString(file);
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (field.getValue().isObject() && into.path(field.getKey()).isObject()) {
                merge((ObjectNode) into.get(field.getKey()), field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    @Test
    void areTriedEachAsTheyArePrinted() throws IOException {
        var failed = new LinkedHashMap<String, String>();
        var kubeconfig = folder.resolve("kubeconfig");
        cli.set("KUBECONFIG", kubeconfig.toString());
        cli.useEcho(); // which needs no plugin
        for (var command : PrintedCommands.tried()) {
            if (!command.example().equals(PrintedCommands.NO_COMMAND)) {
                Files.writeString(cli.stackFile(), "config:\n  streamset:lost: []\n");
                Files.writeString(kubeconfig, KUBECONFIG);
                var result = tried(command.example());
                if (command.example().contains("stack init")) {
                    cli.run("stack", "rm", "--yes", "--force", "other");
                    cli.run("stack", "select", PulumiCli.STACK);
                }
                if (!works(command.example(), result)) {
                    failed.put(command.example(), result.output());
                }
            }
        }
        assertEquals(Map.of(), failed);
    }

    // nobody listens there: a command that kubectl understands gets as far as that
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: prod
            clusters: [{name: none, cluster: {server: "http://127.0.0.1:9"}}]
            users: [{name: me, user: {}}]
            contexts: [{name: prod, context: {cluster: none, user: me}}]
            """;

    private Command.Result tried(String command) {
        if (command.startsWith("make ")) {
            return new Command(List.of("bash", "-c", command), Map.of(), PulumiCli.LIMIT).run();
        }
        return cli.shell(command);
    }

    private static boolean works(String command, Command.Result result) {
        boolean needsNoServer = !command.startsWith("kubectl") || command.startsWith("kubectl config");
        return needsNoServer
                ? result.exitCode() == 0
                : result.output().contains("The connection to the server 127.0.0.1:9 was refused");
    }

    private String after(String before, String command) throws IOException {
        Files.writeString(cli.stackFile(), before);
        var result = cli.shell(command);
        assertEquals(0, result.exitCode(), () -> command + "\n" + result.output());
        return Files.readString(cli.stackFile());
    }

    private Map<String, String> values(String text) throws IOException {
        var problems = new Problems();
        var values = StackFile.read(Path.of(""), write(text), problems).values();
        problems.throwIfAny();
        return values;
    }

    private List<Problem> problems(String text) throws IOException {
        var problems = new Problems();
        var raw = StackFile.read(Path.of(""), write(text), problems);
        Target.from(raw, problems);
        try {
            ClusterSpec.of(raw, Path.of(""), PulumiCli.STACK, problems);
        } catch (BadInput e) {
            // all of it is in problems
        }
        return problems.found();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("case.yaml"), text);
    }
}
