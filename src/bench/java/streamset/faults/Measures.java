package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import streamset.plan.Table;

/** What the bench measured, beside what was to be reached and what CloudNativePG takes on the same kind of node. */
final class Measures {
    private static final List<String> HEADING = List.of("what", "measured", "goal", "CloudNativePG");

    private final List<List<String>> rows = new ArrayList<>(List.of(HEADING));

    void add(String what, String measured, String goal, String peer) {
        var row = List.of(what, measured, goal, peer);
        rows.add(row);
        System.out.print(Table.text(List.of(row)));
    }

    /** Of several runs. */
    void add(String what, List<Duration> measured, String goal, String peer) {
        add(what, range(measured), goal, peer);
    }

    private static String range(List<Duration> measured) {
        var least = measured.stream().min(Comparator.naturalOrder()).orElseThrow();
        var most = measured.stream().max(Comparator.naturalOrder()).orElseThrow();
        return measured.size() == 1
                ? Outcome.seconds(least)
                : Outcome.seconds(least).replace(" s", "") + " … " + Outcome.seconds(most);
    }

    static Duration median(List<Duration> measured) {
        return measured.stream().sorted().toList().get(measured.size() / 2);
    }

    /** Prints the table and writes it to a file. */
    void print(Path file) {
        var text = Table.text(rows);
        System.out.println("\n" + text);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
