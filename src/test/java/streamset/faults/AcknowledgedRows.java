package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The rows of one writer that the cluster has acknowledged, with the time at which it did. */
final class AcknowledgedRows {
    private record Row(Instant at, int id) {}

    private final List<Row> rows = new ArrayList<>();

    synchronized void add(Instant at, int id) {
        rows.add(new Row(at, id));
    }

    synchronized int count() {
        return rows.size();
    }

    /** How many of them in a time. */
    synchronized int count(Instant from, Instant to) {
        return (int) rows.stream()
                .filter(row -> !row.at.isBefore(from) && !row.at.isAfter(to))
                .count();
    }

    synchronized boolean hasAnyAfter(Instant time) {
        return !rows.isEmpty() && rows.get(rows.size() - 1).at.isAfter(time);
    }

    synchronized BitSet ids() {
        var ids = new BitSet();
        rows.forEach(row -> ids.set(row.id));
        return ids;
    }

    /** The longest time between two rows in a row that reaches into a time; one that has not ended yet counts, too. */
    synchronized Duration longestPause(Instant from, Instant to) {
        var longest = Duration.ZERO;
        var before = from;
        for (var row : rows) {
            if (before.isAfter(to)) {
                break;
            }
            if (row.at.isAfter(from)) {
                longest = longer(longest, Duration.between(before, row.at));
            }
            before = row.at;
        }
        return before.isAfter(to) ? longest : longer(longest, Duration.between(before, to));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
