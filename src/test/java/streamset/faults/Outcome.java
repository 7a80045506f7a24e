package streamset.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an event came to.
 *
 * @param what happened
 * @param keptPause longest time without an acknowledged row on the kept connection
 * @param freshPause the same, with a new connection for each row
 * @param servicePause the same, on a kept connection through the Service for writing alone
 * @param acknowledged rows of all writers, from the event until all was well again
 * @param missing acknowledged rows, of all so far, that are not there
 * @param writable the most servers that could be written to at the same moment
 * @param healthyAfter from when the cluster could recover until it had
 * @param problems what should not be
 */
record Outcome(
        String what,
        Duration keptPause,
        Duration freshPause,
        Duration servicePause,
        int acknowledged,
        int missing,
        int writable,
        Duration healthyAfter,
        List<String> problems) {
    static final List<String> HEADING = List.of(
            "event",
            "pause kept",
            "pause fresh",
            "through the Service",
            "rows acknowledged",
            "rows missing",
            "writable at most",
            "healthy after",
            "");

    Outcome {
        problems = List.copyOf(problems);
    }

    Outcome with(String problem) {
        var all = new ArrayList<>(problems);
        all.add(problem);
        return with(all);
    }

    Outcome withoutProblems() {
        return with(List.of());
    }

    private Outcome with(List<String> others) {
        return new Outcome(
                what, keptPause, freshPause, servicePause, acknowledged, missing, writable, healthyAfter, others);
    }

    /** A line of the table. */
    List<String> columns() {
        return List.of(
                what,
                seconds(keptPause),
                seconds(freshPause),
                seconds(servicePause),
                Integer.toString(acknowledged),
                Integer.toString(missing),
                Integer.toString(writable),
                seconds(healthyAfter),
                problems.isEmpty() ? "" : "FAILED");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
