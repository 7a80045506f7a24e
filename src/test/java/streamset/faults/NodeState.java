package streamset.faults;

import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/**
 * What a server says of itself.
 *
 * @param writable whether it does not recover
 * @param upstream the host that it gets WAL from; empty for none
 * @param receiver the state of that connection; empty for none
 * @param position how far it has written or replayed, in bytes
 * @param slots those that are in use, sorted
 */
record NodeState(
        boolean writable, int timeline, String upstream, String receiver, long position, TreeSet<String> slots) {
    private static final String SQL = """
            SELECT NOT pg_is_in_recovery() AS writable,
                   CASE WHEN pg_is_in_recovery() THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver), 0)
                        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END AS timeline,
                   (SELECT sender_host FROM pg_stat_wal_receiver) AS upstream,
                   (SELECT status FROM pg_stat_wal_receiver) AS receiver,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                        ELSE pg_current_wal_lsn() END - '0/0'::pg_lsn AS position,
                   (SELECT string_agg(slot_name, ' ') FROM pg_replication_slots WHERE active) AS slots
            """;

    static NodeState of(Server server) throws SQLException {
        var row = server.row(SQL);
        return new NodeState(
                row.get(0).equals("t"),
                Integer.parseInt(row.get(1)),
                row.get(2),
                row.get(3),
                row.get(4).isEmpty() ? 0 : Long.parseLong(row.get(4)),
                new TreeSet<>(
                        row.get(5).isEmpty() ? List.of() : List.of(row.get(5).split(" "))));
    }

    /** @param host the first part of a name, or an address */
    boolean streamsFrom(String host) {
        return !writable && receiver.equals("streaming") && (upstream + ".").startsWith(host + ".");
    }
}
