package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import streamset.plan.Table;

/** Makes events happen one after the other, and checks after each what must hold after all of them. */
final class FaultRun {
    // failures in a row after which the cluster is not whole: what comes after them would tell nothing
    private static final int HOPELESS = 3;
    private static final Duration READ_ALL = Duration.ofSeconds(60); // all rows of a run of an hour

    private final FaultCluster cluster;
    private final Path table;
    private final Map<String, BitSet> discarded = new HashMap<>(); // by writer
    private final List<Outcome> outcomes = new ArrayList<>();

    /** @param table the file that gets the table */
    FaultRun(FaultCluster cluster, Path table) {
        this.cluster = cluster;
        this.table = table;
    }

    /** Runs them all, as long as there is hope. */
    void all(List<Event> events) {
        int failures = 0;
        for (var event : events) {
            if (failures == HOPELESS) {
                outcomes.add(notRun(event));
                continue;
            }
            var outcome = run(event);
            failures = outcome.problems().isEmpty() || isWhole() ? 0 : failures + 1;
            report(outcome);
        }
    }

    private boolean isWhole() {
        try {
            return new Health(cluster).problems().isEmpty();
        } catch (AssertionError e) {
            return false; // not even that can be found out
        }
    }

    /** One that the checkers must complain about. */
    void mustBeNoticed(Event event) {
        report(CheckOfTheCheckers.verdict(run(event)));
    }

    private void report(Outcome outcome) {
        outcomes.add(outcome);
        System.out.print(Table.text(List.of(outcome.columns())));
        outcome.problems().forEach(problem -> System.out.print(problem.indent(2)));
    }

    private static Outcome notRun(Event event) {
        var none = Duration.ZERO;
        return new Outcome(event.what(), none, none, none, 0, 0, 0, none, List.of("not run"));
    }

    /** Makes it happen; what came of it, without a word about it. */
    Outcome run(Event event) {
        var began = Instant.now();
        var problems = new ArrayList<String>();
        var recovers = began;
        try {
            recovers = event.action().happen();
        } catch (Exception | AssertionError e) {
            problems.add(words(e));
        }
        try {
            new Health(cluster).await();
        } catch (AssertionError e) {
            problems.add(words(e));
        }
        var healthyAfter = Duration.between(recovers, Instant.now());
        try {
            cluster.awaitRows(Limits.MOMENT);
        } catch (AssertionError e) {
            problems.add(words(e));
        }
        return checked(event, outcome(event, began, healthyAfter, problems));
    }

    private Outcome outcome(Event event, Instant began, Duration healthyAfter, List<String> problems) {
        var end = Instant.now();
        int missing = missing(event.mostMissing() > 0, problems);
        int writable = cluster.observer().times().most(began, end);
        if (missing > event.mostMissing()) {
            var most = event.mostMissing() > 0 ? ", and at most " + event.mostMissing() + " may be" : "";
            problems.add(missing + " acknowledged rows are missing" + most);
        }
        if (writable > 1) {
            problems.add(writable + " servers could be written to at the same time:\n"
                    + cluster.observer().times().describe(began, end));
        }
        return new Outcome(
                event.what(),
                cluster.clients().kept().rows().longestPause(began, end),
                cluster.clients().fresh().rows().longestPause(began, end),
                cluster.clients().service().rows().longestPause(began, end),
                cluster.writers().stream()
                        .mapToInt(writer -> writer.rows().count(began, end))
                        .sum(),
                missing,
                writable,
                healthyAfter,
                problems);
    }

    private static Outcome checked(Event event, Outcome outcome) {
        try {
            event.check().check(outcome);
            return outcome;
        } catch (Exception | AssertionError e) {
            return outcome.with(words(e));
        }
    }

    /** Of all writers. Rows that were discarded once are not counted as missing again. */
    private int missing(boolean giveUp, List<String> problems) {
        int count = 0;
        for (var writer : cluster.writers()) {
            var known = discarded.computeIfAbsent(writer.run(), run -> new BitSet());
            try {
                var missing = writer.rows().ids(); // before the table is read
                missing.andNot(present(writer.run()));
                missing.andNot(known);
                if (giveUp) {
                    known.or(missing);
                }
                count += missing.cardinality();
            } catch (SQLException | AssertionError e) { // where the pods decide it, perhaps none writes
                problems.add("the rows cannot be read: " + e.getMessage());
            }
        }
        return count;
    }

    private BitSet present(String run) throws SQLException {
        var ids = new BitSet();
        try (var connection = cluster.primaryServer().connect(READ_ALL);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM fault_rows WHERE run = '" + run + "'")) {
            while (rows.next()) {
                ids.set(rows.getInt(1));
            }
        }
        return ids;
    }

    private static String words(Throwable e) {
        return e instanceof AssertionError ? e.getMessage() : e.toString();
    }

    /** Prints the table of all events, writes it to its file, and fails when one of them did. */
    void finish() {
        var rows = new ArrayList<>(List.of(Outcome.HEADING));
        outcomes.forEach(outcome -> rows.add(outcome.columns()));
        var text = Table.text(rows);
        System.out.println("\n" + text);
        try {
            Files.writeString(table, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var failures = new StringBuilder();
        for (var outcome : outcomes) {
            outcome.problems().forEach(problem -> failures.append(outcome.what() + ": " + problem + "\n"));
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.toString());
        }
    }
}
