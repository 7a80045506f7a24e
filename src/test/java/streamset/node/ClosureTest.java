package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each entry point sources: all that it uses, since a pod or a Job gets nothing else. */
@Tag("unit")
class ClosureTest {
    private static final Path ROOT = Path.of("src/main/bash");
    private static final Pattern SOURCE = Pattern.compile("(?m)^source \"\\$SCRIPTS/([a-z_/.-]+)\"$");
    private static final Pattern ANY_SOURCE = Pattern.compile("(?m)^\\s*(source|\\.) .*$");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^(\\w+)\\(\\) ");

    /** A word where a command can stand; not the label of a case. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^|[;&|(!{]|\\b(?:then|do|else|if|elif|until|while|run|attempt|yes_or_no)\\b)[ \\t]*"
                    + "(\\w+)\\b(?![-)]|[ \\t]*=)");

    private static Set<Path> closure(Path script) {
        var closure = new TreeSet<>(Set.of(script));
        SOURCE.matcher(Machine.read(script))
                .results()
                .forEach(found -> closure.addAll(closure(ROOT.resolve(found.group(1)))));
        return closure;
    }

    private static Set<String> matches(Pattern pattern, Set<Path> scripts) {
        return scripts.stream()
                .flatMap(script -> pattern.matcher(Machine.read(script).replaceAll("(?m)(^|\\s)#.*$", ""))
                        .results()
                        .map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> all() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init.sh",
                "start.sh",
                "status.sh",
                "probes/started.sh",
                "probes/ready.sh",
                "probes/alive.sh",
                "jobs/databases.sh",
                "jobs/handover.sh",
                "jobs/reload.sh",
                "jobs/replicator.sh",
                "jobs/restarted.sh",
                "jobs/slots.sh",
                "backup/archive.sh",
                "backup/archiver.sh",
                "backup/points.sh",
                "backup/request.sh",
                "backup/restore.sh",
                "backup/restoretest.sh",
                "backup/get.sh",
                "backup/fetch.sh",
                "patroni/init.sh",
                "patroni/start.sh",
                "patroni/initdb.sh",
                "patroni/clone.sh",
                "patroni/rewind.sh",
                "patroni/restore.sh",
                "patroni/fetch.sh",
                "patroni/role.sh",
                "patroni/jobs/databases.sh",
                "patroni/jobs/replicator.sh",
                "patroni/jobs/reload.sh",
                "patroni/jobs/switchover.sh"
            })
    void holdsEveryFunctionThatIsCalled(String entry) throws IOException {
        var closure = closure(ROOT.resolve(entry));
        var missing = matches(COMMAND, closure);
        missing.retainAll(matches(DEFINITION, all()));
        missing.removeAll(matches(DEFINITION, closure));

        assertEquals(Set.of(), missing);
    }

    @Test
    void everyScriptIsSourcedInTheFormThatTheProgramReads() throws IOException {
        var others = new ArrayList<String>();
        for (Path script : all()) {
            ANY_SOURCE
                    .matcher(Machine.read(script))
                    .results()
                    .map(found -> found.group())
                    .filter(line -> !SOURCE.matcher(line).matches())
                    .forEach(others::add);
        }
        assertEquals(List.of(), others);
    }
}
