package streamset.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A server that is asked directly, at the address of its pod. */
record Server(String address, String password) {
    private static final int CONNECT_SECONDS = 1;
    private static final Duration ANSWER = Duration.ofSeconds(2);

    Connection connect(Duration answer) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":5432/postgres", properties);
    }

    /** The first row that a statement gives; nothing is null in it, but empty. */
    List<String> row(String sql) throws SQLException {
        return row(sql, ANSWER);
    }

    List<String> row(String sql, Duration answer) throws SQLException {
        try (var connection = connect(answer);
                var statement = connection.createStatement()) {
            var row = new ArrayList<String>();
            if (statement.execute(sql)) {
                var result = statement.getResultSet();
                if (result.next()) {
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        var value = result.getString(column);
                        row.add(value == null ? "" : value);
                    }
                }
            }
            return row;
        }
    }

    /** The first value that a statement gives; what went wrong instead. */
    String tryValue(String sql) {
        try {
            var row = row(sql);
            return row.isEmpty() ? "" : row.get(0);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }
}
