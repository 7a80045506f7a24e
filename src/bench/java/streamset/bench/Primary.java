package streamset.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import streamset.conf.ConfFiles;

/** The running server of a database. */
final class Primary {
    private static final int ATTEMPTS = 600; // to connect, on a busy machine
    private static final long PAUSE_MILLISECONDS = 100;
    private static final String FULL = "No space left on device";

    private final Database database;
    private final int port = freePort();
    private final Process process;

    private Primary(Database database, ConfFiles files, List<String> forced) throws IOException {
        this.database = database;
        this.process = database.start(files, port, forced);
    }

    /** Starts it until it is undone, and waits until it answers. */
    static Primary start(Database database, ConfFiles files, List<String> forced, Undo undo)
            throws IOException, InterruptedException {
        var primary = new Primary(database, files, forced);
        undo.add(() -> Command.end(primary.process, Database.SIGNAL));
        primary.waitForConnections();
        return primary;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void waitForConnections() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                query("SELECT 1");
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || attempt == ATTEMPTS) {
                    throw new AssertionError("the server does not start:\n" + log(), e);
                }
                Thread.sleep(PAUSE_MILLISECONDS);
            }
        }
    }

    /** Runs a statement; the first value that it gives, or nothing. */
    String query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&sslmode=disable");
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    int port() {
        return port;
    }

    /** Whether any process of it has found its volume full. */
    boolean ranOutOfSpace() throws IOException {
        return log().contains(FULL);
    }

    private String log() throws IOException {
        return Files.readString(database.log());
    }
}
