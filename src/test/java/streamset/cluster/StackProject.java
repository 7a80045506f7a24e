package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What people do in the folder of a project.
 *
 * @param environment in which its backend and its cluster are found
 */
public record StackProject(Path folder, String stack, Map<String, String> environment) {
    private static final Duration EXPLAIN_LIMIT = Duration.ofMinutes(1);
    private static final Duration TYPED_LIMIT = Duration.ofMinutes(20); // a cluster is removed and made again

    private static final String EXPLAIN = """
            rm -rf hidden; cp -a . ../hidden; mv ../hidden .; cd hidden
            sed -E 's/^( *(postgres|replicator|streamset:certificateSeed)): .+/\\1: {secure: x}/' -i "Pulumi.$1.yaml"
            exec java -cp target/streamset.jar streamset.review.Explain "$1"
            """;
    private static final String PULUMI =
            """
            export PULUMI_SKIP_CONFIRMATIONS=true
            pulumi() { "$2" "$@"; }
            """.replace("$2", Command.PROJECT.resolve("tools/pulumi.sh").toString());

    /** What make explain tells of the stack. It refuses passwords in clear text, which are there without the kubernetes plugin. */
    public String explained() {
        return shell(EXPLAIN_LIMIT, EXPLAIN);
    }

    /** Types commands, pulumi and kubectl among them; nothing is asked back. */
    public String typed(String commands) {
        return shell(TYPED_LIMIT, PULUMI + commands);
    }

    private String shell(Duration limit, String commands) {
        var words = List.of("bash", "-euo", "pipefail", "-c", "cd \"$0\"\n" + commands, folder.toString(), stack);
        var result = new Command(words, environment, limit).run();
        assertEquals(0, result.exitCode(), result.output());
        return result.output();
    }
}
