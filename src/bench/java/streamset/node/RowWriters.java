package streamset.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that write numbered rows at the same time, each in a transaction of its own, to whichever pod can be written to. */
final class RowWriters implements AutoCloseable {
    static final String TABLE = "CREATE TABLE row (id int PRIMARY KEY, filler bytea)";

    /** 4 kB that cannot be compressed, so that segments of WAL fill. */
    private static final String INSERT = "INSERT INTO row SELECT %d, decode(string_agg(md5(random()::text), ''), 'hex')"
            + " FROM generate_series(1, 256)";

    private static final String RECOVERS = "SELECT pg_is_in_recovery()";
    private static final int CONNECTIONS = 4;
    private static final int LONGEST_PAUSE_MILLISECONDS = 40;

    private final Pods pods;
    private final SentRows rows = new SentRows();
    private final ReentrantReadWriteLock traffic = new ReentrantReadWriteLock(true);
    private final List<Thread> threads;
    private volatile boolean closed;

    private RowWriters(Pods pods, long seed) {
        this.pods = pods;
        threads = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> new Thread(() -> write(new Random(seed + number)), "rows " + number))
                .toList();
        threads.forEach(Thread::start);
    }

    /** @param pods of which one has the table */
    static RowWriters start(Pods pods, long seed) {
        return new RowWriters(pods, seed);
    }

    SentRows rows() {
        return rows;
    }

    /** Does something while no row is on its way: all that was sent before has come to its end, all else comes after it. */
    <T> T betweenRows(Supplier<T> action) {
        traffic.writeLock().lock();
        try {
            return action.get();
        } finally {
            traffic.writeLock().unlock();
        }
    }

    private void write(Random random) {
        while (!closed) {
            try (var connection = connect()) {
                while (!closed) {
                    Await.pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLISECONDS)));
                    insert(connection);
                }
            } catch (SQLException gone) {
                Await.pause(Duration.ofMillis(LONGEST_PAUSE_MILLISECONDS)); // its last row may be there or not
            }
        }
    }

    private Connection connect() throws SQLException {
        var fault = new SQLException("no pod can be written to");
        for (int ordinal = 0; ordinal < pods.size(); ordinal++) {
            try {
                var connection = pods.get(ordinal).connect("postgres", pods.password("postgres"));
                if (writes(connection)) {
                    return connection;
                }
                connection.close();
            } catch (SQLException away) {
                fault.addSuppressed(away);
            }
        }
        throw fault;
    }

    private static boolean writes(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(RECOVERS)) {
            return answer.next() && !answer.getBoolean(1);
        }
    }

    private void insert(Connection connection) throws SQLException {
        traffic.readLock().lock();
        try (var statement = connection.createStatement()) {
            int id = rows.send();
            statement.execute(INSERT.formatted(id));
            rows.acknowledge(id);
        } finally {
            traffic.readLock().unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(RowWriters::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
