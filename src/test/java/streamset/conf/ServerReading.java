package streamset.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A real server that is asked how it reads a postgresql.conf, one file after the other without a restart. */
final class ServerReading implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60); // for a reload, on a machine that is busy
    private static final long POLL_MILLISECONDS = 1;
    private static final String BLANK = "#"; // what stands in place of a line that is taken out

    /** @param error what is wrong with the line; empty where nothing is */
    private record Row(int line, String name, String value, String error) {}

    /**
     * What the server finds in a file.
     *
     * @param settings all of them, in the order of the file
     * @param refused the lines with a syntax error
     * @param usable the file without the lines that the server cannot use
     */
    record Found(List<ConfFile.Entry> settings, SortedSet<Integer> refused, String usable) {}

    private final RealPostgres.Server server;
    private final Connection connection;
    private final Path file;
    private int reloads;

    private ServerReading(RealPostgres.Server server, Path file) throws SQLException {
        this.server = server;
        this.connection = server.connect();
        this.file = file;
    }

    /** @param parent a folder that every user can enter */
    static ServerReading start(int major, Path parent) throws IOException, InterruptedException, SQLException {
        var postgres = RealPostgres.install(major, parent);
        return new ServerReading(postgres.start("", ""), postgres.confFile("postgresql.conf"));
    }

    /**
     * What the server finds. It stops at the first syntax error, so lines are taken out one by one until there is none. A
     * last line without an end gets one meanwhile: where a value is missing there, the server names the line before.
     */
    Found read(String text) throws IOException, SQLException {
        boolean ended = text.endsWith("\n");
        var lines = new ArrayList<>(List.of((ended ? text : text + "\n").split("(?<=\n)")));
        var refused = new TreeSet<Integer>();
        var rows = rows(String.join("", lines));
        for (var last = last(rows); last.error().equals("syntax error"); last = last(rows)) {
            refused.add(last.line());
            lines.set(last.line() - 1, BLANK + "\n");
            rows = rows(String.join("", lines));
        }
        var readable = String.join("", lines);
        rows = rows(ended ? readable : readable.substring(0, readable.length() - 1));
        rows.stream().filter(row -> !row.error().isEmpty()).forEach(row -> lines.set(row.line() - 1, BLANK + "\n"));
        return new Found(
                rows.stream()
                        .map(row -> new ConfFile.Entry(row.line(), row.name(), row.value()))
                        .toList(),
                refused,
                String.join("", lines));
    }

    private static Row last(List<Row> rows) {
        return rows.isEmpty() ? new Row(0, "", "", "") : rows.get(rows.size() - 1);
    }

    private List<Row> rows(String text) throws IOException, SQLException {
        Files.writeString(file, text);
        var sql = "SELECT sourceline, lower(name COLLATE \"C\"), setting, error FROM pg_file_settings ORDER BY seqno";
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<Row>();
            while (found.next()) {
                rows.add(new Row(
                        found.getInt(1), text(found.getString(2)), text(found.getString(3)), text(found.getString(4))));
            }
            return rows;
        }
    }

    private static String text(String column) {
        return column == null ? "" : column;
    }

    /** What the server runs with after a reload with this file. */
    Map<String, String> runsWith(String usable, Collection<String> names)
            throws IOException, SQLException, InterruptedException {
        reloads++;
        Files.writeString(file, usable + "my.reloads = '" + reloads + "'\n");
        value("SELECT pg_reload_conf()");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!value("SELECT current_setting('my.reloads', true)").equals(Integer.toString(reloads))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the server does not take the file:\n" + usable);
            }
            Thread.sleep(POLL_MILLISECONDS);
        }
        var values = new TreeMap<String, String>();
        for (var name : names) {
            values.put(name, value("SELECT current_setting('" + name + "')"));
        }
        return values;
    }

    private String value(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return text(rows.getString(1));
        }
    }

    /** What a query finds while the server's file has this text. */
    String query(String text, String sql) throws IOException, SQLException {
        Files.writeString(file, text);
        return value(sql);
    }

    @Override
    public void close() throws SQLException {
        try (server) {
            connection.close();
        }
    }
}
