package streamset.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a running server makes of texts for its parameters. */
final class ServerVerdict implements AutoCloseable {
    // the error takes the value back, whatever it would do to the session
    private static final String SHOWN = """
            CREATE FUNCTION pg_temp.shown(name text, value text) RETURNS text LANGUAGE plpgsql AS $$
            DECLARE
              shown text;
            BEGIN
              shown := set_config(name, value, true);
              RAISE 'undo' USING ERRCODE = 'ZZ000';
            EXCEPTION
              WHEN SQLSTATE 'ZZ000' THEN RETURN shown;
              WHEN OTHERS THEN RETURN NULL;
            END
            $$""";

    private final Connection connection;

    ServerVerdict(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute(SHOWN);
        }
    }

    /** The values as SHOW writes them when they are set within a session, empty for those that are refused. */
    List<Optional<String>> inSession(List<String> names, List<String> texts) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_temp.shown(name, value)"
                + " FROM unnest(?, ?) WITH ORDINALITY AS sample(name, value, number) ORDER BY number")) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            statement.setArray(2, connection.createArrayOf("text", texts.toArray()));
            try (var rows = statement.executeQuery()) {
                var shown = new ArrayList<Optional<String>>();
                while (rows.next()) {
                    shown.add(Optional.ofNullable(rows.getString(1)));
                }
                return shown;
            }
        }
    }

    /** Whether a conf file can have the text: the server checks it as if it stood in one. */
    boolean takesInFile(String name, String text) {
        try (var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET " + name + " = '" + text.replace("'", "''") + "'");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Forgets what {@link #takesInFile} set. */
    @Override
    public void close() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM RESET ALL");
        }
    }
}
