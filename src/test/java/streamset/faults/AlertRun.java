package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** Makes faults, one after the other, and sees which alerts Prometheus has for them. */
final class AlertRun {
    private static final Duration FIRES =
            Duration.ofMinutes(7); // a verification takes three with little processor time

    private static final Duration PLANNED = Duration.ofMinutes(20); // beyond the time that it is given

    private final PodPrometheus prometheus;
    private final Path table;
    private final List<String> rows =
            new ArrayList<>(List.of("| alert | fault | seconds until firing | until silent |", "|---|---|---|---|"));
    private final List<String> problems = new ArrayList<>();
    private int passed;

    /** @param table the file that gets the table */
    AlertRun(PodPrometheus prometheus, Path table) {
        this.prometheus = prometheus;
        this.table = table;
    }

    void run(AlertFault fault) {
        var firing = new TreeMap<String, String>();
        var silent = new TreeMap<String, String>();
        try {
            prometheus.awaitSilent(fault.alerts(), Limits.HEALTHY);
            try {
                var began = Instant.now();
                var making = CompletableFuture.runAsync(
                        () -> make(fault.make())); // some last no longer than what makes them
                await(fault, began, firing, making);
            } finally {
                var mended = Instant.now();
                fault.mend().happen();
                await(fault, mended, silent);
            }
        } catch (Exception | AssertionError e) {
            problems.add(fault.what() + ": " + e.getMessage());
        }
        fault.alerts().forEach(alert -> report(alert, fault.what(), firing, silent));
    }

    private static void make(AlertFault.Step step) {
        try {
            step.happen();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void await(AlertFault fault, Instant began, Map<String, String> seen, CompletableFuture<Void> making) {
        Waiting.until(fault.alerts() + " fire", FIRES, () -> {
            if (making.isCompletedExceptionally()) {
                making.join();
            }
            note(fault, prometheus.firing()::contains, began, seen);
            return making.isDone() && seen.keySet().containsAll(fault.alerts());
        });
    }

    private void await(AlertFault fault, Instant mended, Map<String, String> seen) {
        Waiting.until(fault.alerts() + " are silent", FIRES, () -> {
            var firing = prometheus.firing();
            note(fault, alert -> !firing.contains(alert), mended, seen);
            return seen.keySet().containsAll(fault.alerts());
        });
    }

    private static void note(AlertFault fault, Predicate<String> is, Instant since, Map<String, String> seen) {
        fault.alerts().stream().filter(is).forEach(alert -> seen.putIfAbsent(alert, ArchiveEvents.since(since)));
    }

    private void report(String alert, String fault, Map<String, String> firing, Map<String, String> silent) {
        boolean both = firing.containsKey(alert) && silent.containsKey(alert);
        add(alert, fault, firing.getOrDefault(alert, "FAILED"), silent.getOrDefault(alert, "FAILED"));
        passed += both ? 1 : 0;
        if (!both && problems.isEmpty()) {
            problems.add(alert + " did not come and go: " + fault);
        }
    }

    /**
     * What is planned, with the rules as they are: none may fire.
     *
     * @param length that it takes at least
     */
    void quiet(String what, Duration length, AlertFault.Step planned) {
        try {
            prometheus.awaitSilent(List.of("StreamsetServersMissing"), Limits.HEALTHY);
            var began = Instant.now();
            var happening = CompletableFuture.runAsync(() -> make(planned));
            Waiting.until(what, length.plus(PLANNED), () -> {
                prometheus.firing(); // which also tells it of pods that are made anew
                return happening.isDone();
            });
            happening.join();
            var seen = prometheus.firedUnchanged(began);
            System.out.println(
                    "  seconds in which alerts waited for their time: " + prometheus.pendingUnchanged(began));
            if (!seen.isEmpty()) {
                throw new AssertionError("fired: " + seen);
            }
            add("none", what, "none fired in " + ArchiveEvents.since(began), "");
            passed++;
        } catch (Exception | AssertionError e) {
            problems.add(what + ": " + e.getMessage());
            add("none", what, "FAILED", "");
        }
    }

    /** An alert that no fault here can bring. */
    void leftOut(String alert, String reason) {
        add(alert, "not fired live: " + reason, "", "");
    }

    private void add(String... cells) {
        var row = "| " + String.join(" | ", cells) + " |";
        rows.add(row);
        System.out.println(row);
    }

    /** Prints the table, writes it to its file, and fails when something did. */
    void finish() {
        var text = String.join("\n", rows) + "\n" + passed + " passed, " + problems.size() + " failed\n";
        System.out.println(text);
        try {
            Files.writeString(table, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }
}
