package streamset.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When servers could be written to for certain. Servers are asked one after the other, so two answers prove nothing about
 * one moment; but a server that says so twice on one connection could be written to all the time in between, because only
 * a start makes a standby of a primary, and no connection outlives one.
 */
final class WritableTimes {
    /** From one such answer until another one was asked for. */
    static final class Span {
        private final String server;
        private final Instant from;
        private Instant to;

        private Span(String server, Instant from) {
            this.server = server;
            this.from = from;
            this.to = from;
        }
    }

    private record Turn(Instant at, int change) {}

    private final List<Span> spans = new ArrayList<>();

    synchronized Span begin(String server, Instant answered) {
        var span = new Span(server, answered);
        spans.add(span);
        return span;
    }

    synchronized void extend(Span span, Instant asked) {
        span.to = asked;
    }

    /** The highest number of servers that could be written to at the same moment of a time. */
    synchronized int most(Instant from, Instant to) {
        var turns = new ArrayList<Turn>();
        for (var span : spans) {
            if (span.to.isAfter(from) && span.from.isBefore(to)) {
                turns.add(new Turn(span.from, 1));
                turns.add(new Turn(span.to, -1));
            }
        }
        turns.sort(Comparator.comparing(Turn::at).thenComparing(Turn::change)); // one that ends makes room first
        int now = 0;
        int most = 0;
        for (var turn : turns) {
            now += turn.change;
            most = Math.max(most, now);
        }
        return most;
    }

    /** Those of a time, for people. */
    synchronized String describe(Instant from, Instant to) {
        var lines = new StringBuilder();
        for (var span : spans) {
            if (span.to.isAfter(from) && span.from.isBefore(to)) {
                lines.append(span.server + " from " + span.from + " to " + span.to + "\n");
            }
        }
        return lines.toString();
    }
}
