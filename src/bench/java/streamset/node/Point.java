package streamset.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Locale;

/**
 * A point that a cluster can be restored to, and which rows it must have then.
 *
 * @param type as {@code streamset:restore} names it
 * @param least rows that were acknowledged before it
 * @param most rows that were sent before it; none but these
 */
record Point(String type, String target, BitSet least, BitSet most) {
    /** What a point is given by, and how the server is asked for one. */
    enum Type {
        TIME("SELECT clock_timestamp()"),
        LSN("SELECT pg_current_wal_lsn()"),
        NAME("WITH made AS MATERIALIZED (SELECT 'at ' || clock_timestamp() AS name)"
                + " SELECT name FROM made WHERE pg_create_restore_point(name) IS NOT NULL");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }

        /** The moment at which this is called; a connection that is there already makes it short. */
        Point now(Connection primary, SentRows rows) {
            try (var statement = primary.createStatement()) {
                var least = rows.acknowledged();
                try (var answer = statement.executeQuery(sql)) {
                    var most = rows.sent();
                    answer.next();
                    return new Point(name().toLowerCase(Locale.ROOT), answer.getString(1), least, most);
                }
            } catch (SQLException e) {
                throw new AssertionError(sql, e);
            }
        }
    }

    /** How many rows were on their way at that moment, so that nobody can say whether they were before or after it. */
    int onTheirWay() {
        return most.cardinality() - least.cardinality();
    }

    /** What is wrong with the rows that are there; nothing when they are exactly those that must be. */
    String difference(BitSet there) {
        var missing = (BitSet) least.clone();
        missing.andNot(there);
        var tooMany = (BitSet) there.clone();
        tooMany.andNot(most);
        return (missing.isEmpty() ? "" : "missing: " + missing + " ")
                + (tooMany.isEmpty() ? "" : "too many: " + tooMany);
    }

    @Override
    public String toString() {
        return type + " " + target;
    }
}
