package streamset.faults;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A client as an application is one, in a process of its own: commits numbered rows and tells which of them were
 * acknowledged. What it cannot do within a second it gives up, and tries again with the next number.
 *
 * <p>Arguments: the JDBC connection string; the name of the run; {@code fresh} for a connection for each row, anything else for
 * one connection for all rows. The password is in the environment. It ends when its standard input does.
 *
 * <p>Output: {@code row <milliseconds> <id>} for an acknowledged row, {@code error <milliseconds> <id> <text>} for another.
 */
final class WriterProgram {
    static final String PASSWORD = "STREAMSET_PASSWORD";
    static final long INTERVAL_MILLISECONDS = 50; // as the peers were measured with
    private static final String LIMIT_SECONDS = "1"; // for each host to accept, and for each of its answers

    private final String url;
    private final String run;
    private final boolean fresh;
    private final Properties properties = new Properties();
    private Connection connection;

    private WriterProgram(String url, String run, boolean fresh) {
        this.url = url;
        this.run = run;
        this.fresh = fresh;
        properties.setProperty("password", System.getenv(PASSWORD));
        properties.setProperty("connectTimeout", LIMIT_SECONDS);
        properties.setProperty("socketTimeout", LIMIT_SECONDS);
    }

    public static void main(String[] arguments) throws InterruptedException {
        var parent = new Thread(WriterProgram::endWithTheParent);
        parent.setDaemon(true);
        parent.start();
        new WriterProgram(arguments[0], arguments[1], arguments[2].equals("fresh")).write();
    }

    private static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // as good as its end
        }
        Runtime.getRuntime().halt(0);
    }

    private void write() throws InterruptedException {
        long next = milliseconds();
        for (int id = 1; ; id++) {
            boolean done = tryRow(id);
            next = (done ? next : milliseconds()) + INTERVAL_MILLISECONDS;
            long early = next - milliseconds();
            if (early > 0) {
                Thread.sleep(early);
            } else {
                next -= early; // what was missed is not made up for
            }
        }
    }

    private static long milliseconds() {
        return System.nanoTime() / 1_000_000;
    }

    private boolean tryRow(int id) {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(url, properties);
            }
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO fault_rows (run, id) VALUES ('" + run + "', " + id + ")");
            }
            System.out.println("row " + System.currentTimeMillis() + " " + id);
            if (fresh) {
                disconnect();
            }
            return true;
        } catch (SQLException e) {
            var text = e.getMessage().replaceAll("\\s+", " ");
            System.out.println("error " + System.currentTimeMillis() + " " + id + " " + text);
            disconnect();
            return false;
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is abandoned anyway
        }
        connection = null;
    }
}
