package streamset.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Asks the server at one address all the time whether it can be written to. */
final class Sampler {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration GONE = Duration.ofMinutes(10); // without an answer: longer than any cut of a network

    private final String name;
    private final Server server;
    private final WritableTimes times;
    private final Thread thread;
    private volatile boolean closed;

    Sampler(String name, Server server, WritableTimes times) {
        this.name = name;
        this.server = server;
        this.times = times;
        this.thread = new Thread(this::sample, name);
        thread.setDaemon(true);
        thread.start();
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void sample() {
        var heard = Instant.now();
        while (!closed && Duration.between(heard, Instant.now()).compareTo(GONE) < 0) {
            try (var connection = server.connect(ANSWER)) {
                heard = Instant.now();
                ask(connection);
            } catch (SQLException e) {
                Waiting.pause(INTERVAL); // it starts, or is away
            }
        }
    }

    /** A server that does not recover takes whatever is written to it, and goes on to do so until it ends. */
    private void ask(Connection connection) throws SQLException {
        WritableTimes.Span span = null;
        try (var statement = connection.createStatement()) {
            while (!closed) {
                var asked = Instant.now();
                boolean writable;
                try (var result = statement.executeQuery("SELECT NOT pg_is_in_recovery()")) {
                    result.next();
                    writable = result.getBoolean(1);
                }
                if (writable && span == null) {
                    span = times.begin(name, Instant.now());
                } else if (writable) {
                    times.extend(span, asked);
                }
                Waiting.pause(INTERVAL);
            }
        }
    }

    void close() {
        closed = true;
    }
}
