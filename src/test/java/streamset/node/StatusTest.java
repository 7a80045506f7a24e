package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class StatusTest {
    private static final String POSITION = "SELECT pg_current_wal_lsn()";

    @AutoClose
    private final Pods pods = Pods.of(3);

    private String lsn;
    private String status;

    @Test
    void everyNodeHasARowWithRoleStatePositionLagAndSlot() {
        var primary = pods.get(0).withDataOfAPrimary();
        primary.start();
        pods.get(1).initAndStart();
        primary.awaitStandby(pods.get(1));
        primary.awaitNodeRole();
        primary.awaitAnswer("SELECT bool_and(replay_lsn = pg_current_wal_lsn()) FROM pg_stat_replication", "t");

        // A server writes a record of its own accord now and then, and this one may do so in between.
        Await.until("the log stands still while status.sh runs", () -> {
            lsn = primary.ask(POSITION);
            status = primary.script("status.sh").mustSucceed().output();
            return lsn.equals(primary.ask(POSITION));
        });

        assertEquals("""
                 pod  |  role   |     state     |    lsn    |   lag   |   slot
                ------+---------+---------------+-----------+---------+----------
                 db-0 | primary | running       | LSN       |         |
                 db-1 | standby | streaming     | LSN       | 0 bytes | reserved
                 db-2 | standby | not connected |           |         | none
                """, withoutTrailingSpaces(status).replace(lsn, "LSN      ".substring(0, lsn.length())));
    }

    private static String withoutTrailingSpaces(String text) {
        return text.strip().lines().map(String::stripTrailing).collect(Collectors.joining("\n", " ", "\n"));
    }
}
