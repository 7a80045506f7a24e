package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Command;

@Tag("server")
class WorkflowLintTest {
    private static final Duration LIMIT = Duration.ofMinutes(5); // the first time it is built

    @Test
    void findsNothingInTheWorkflows() {
        assumeTrue(has("go") && has("python3"), "actionlint needs Go, and zizmor Python");
        var result = new Command(List.of("tools/lint.sh"), Map.of(), LIMIT).run();
        assertEquals(0, result.exitCode(), result.output());
    }

    private static boolean has(String program) {
        return new Command(List.of("bash", "-c", "command -v " + program), Map.of(), LIMIT)
                        .run()
                        .exitCode()
                == 0;
    }
}
