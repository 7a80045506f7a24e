package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import streamset.cluster.Command;

/** The machine itself. Ends what everybody else runs there, so it must be asked for. */
record TestbedEvents() {
    private static final String ALLOWED = "FAULTS_RESTART_TESTBED";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    // All at once and without a warning, daemons and containers alike.
    private static final String END_HARD = """
            cd testbed && . ./lib.sh && . ./node.sh
            kill -KILL $(cat "$PID"/*) $(containers all) $(shims)
            """;

    static boolean areAllowed() {
        return "yes".equals(System.getenv(ALLOWED));
    }

    Event stoppedHard() {
        return Event.of("testbed stopped hard and restarted", () -> {
            run("bash", "-c", END_HARD);
            run("testbed/down.sh"); // what a boot would have cleaned away
            var starts = Instant.now();
            run("testbed/up.sh");
            return starts;
        });
    }

    private static void run(String... words) {
        var result = new Command(List.of(words), Map.of(), LIMIT).run();
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", words) + "\n" + result.output());
        }
    }
}
