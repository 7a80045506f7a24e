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
        assumeTrue(
                works("go version") && works("python3 -m pip --version"),
                "actionlint needs Go, and zizmor Python's pip");
        var result = new Command(List.of("tools/lint.sh"), Map.of(), LIMIT).run();
        assertEquals(0, result.exitCode(), result.output());
    }

    private static boolean works(String command) {
        return new Command(List.of("bash", "-c", command), Map.of(), LIMIT)
                        .run()
                        .exitCode()
                == 0;
    }
}
