package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import streamset.plan.Table;

/** Makes faults of a cluster with an archive happen, one after the other, with what {@link FaultRun} checks after each. */
final class BackupRun {
    private static final List<String> HEADING =
            List.of("what", "expected", "seen", "rows missing", "waiting at most", "pg_wal at most", "seconds", "");

    private final BackupCluster cluster;
    private final FaultRun run;
    private final Path table;
    private final List<List<String>> rows = new ArrayList<>(List.of(HEADING));
    private final List<String> problems = new ArrayList<>();

    /** @param table the file that gets the table */
    BackupRun(BackupCluster cluster, Path table) {
        this.cluster = cluster;
        this.run = new FaultRun(cluster.faults(), table);
        this.table = table;
    }

    void all(List<BackupFault> faults) {
        faults.forEach(this::run);
    }

    private void run(BackupFault fault) {
        var seen = new ArrayList<String>();
        try (var watch = PgWalWatch.of(cluster.faults())) {
            var event = Event.of(fault.what(), () -> {
                seen.add(fault.action().happen());
                return Instant.now();
            });
            var began = Instant.now();
            var outcome = run.run(fault.givesUpRows() ? event.givingUpRows() : event);
            if (watch.largest().compareTo(cluster.bound()) > 0) {
                outcome = outcome.with("pg_wal had " + watch.largest() + ", and its bound is " + cluster.bound());
            }
            report(fault, outcome, String.join("", seen), watch, began);
        }
    }

    private void report(BackupFault fault, Outcome outcome, String seen, PgWalWatch watch, Instant began) {
        var row = List.of(
                fault.what(),
                fault.expected(),
                seen,
                Integer.toString(outcome.missing()),
                Integer.toString(watch.mostWaiting()),
                watch.largest().megabytes() + " of " + cluster.bound().megabytes() + " MB",
                Outcome.seconds(Duration.between(began, Instant.now())),
                outcome.problems().isEmpty() ? "" : "FAILED");
        rows.add(row);
        System.out.print(Table.text(List.of(row)));
        outcome.problems().forEach(problem -> {
            System.out.print(problem.indent(2));
            problems.add(fault.what() + ": " + problem);
        });
    }

    /** Prints the table as docs/measurements.md has it, writes it to its file, and fails when something did. */
    void finish() {
        var text = new StringBuilder();
        for (var row : rows) {
            text.append("| ")
                    .append(String.join(" | ", row.subList(0, row.size() - 1)))
                    .append(" |\n");
            if (row == rows.get(0)) {
                text.append("|---".repeat(row.size() - 1)).append("|\n");
            }
        }
        System.out.println("\n" + text);
        try {
            Files.writeString(table, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println((rows.size() - 1) + " faults, " + problems.size() + " problems");
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }
}
