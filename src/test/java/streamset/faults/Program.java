package streamset.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import streamset.cluster.Command;

/** Programs of the machine that runs the testbed. */
final class Program {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Program() {}

    /** What a command printed that must succeed. */
    static String run(String... words) {
        var result = new Command(List.of(words), Map.of(), LIMIT).run();
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", words) + "\n" + result.output());
        }
        return result.output();
    }
}
