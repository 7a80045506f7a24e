package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The passwords of the cluster's own roles follow the Secret where Patroni runs the servers; no Job runs here. */
@Tag("server")
class PatroniPasswordsTest {
    private static final String STREAMS =
            "SELECT string_agg(pid || ' ' || backend_start, ', ' ORDER BY pid) FROM pg_stat_replication";
    private static final String STARTED = "SELECT pg_postmaster_start_time()";

    private final PatroniPods cluster = PatroniPods.of(2);

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void theLeaderSetsThemNoServerRestartsAndTheNextLeaderIsFollowed() {
        cluster.startAll();
        int leader = cluster.answersAsLeader(0) ? 0 : 1;
        int other = 1 - leader;
        var server = cluster.pods.latest(cluster.get(leader));
        var streams = cluster.get(leader).ask(STREAMS);
        var started = cluster.get(leader).ask(STARTED) + cluster.get(other).ask(STARTED);

        cluster.pods.password("postgres", "second: it's \\ hard");
        cluster.pods.password("replicator", "second: of 'replicator'");
        server.awaitSaying("role postgres has the declared password from now on")
                .awaitSaying("role replicator has the declared password from now on");
        cluster.get(other).awaitAnswer(NodeRoleTest.IS_MADE, "1");
        Await.until(
                "that of the nodes",
                () -> cluster.get(leader).accepts("streamset", NodeRoleTest.ofNodes("second: it's \\ hard")));

        assertFalse(cluster.get(leader).accepts("replicator", "replicator-secret"));
        assertFalse(cluster.get(leader).accepts("postgres", "postgres-secret"));
        assertTrue(cluster.get(leader).accepts("replicator", "second: of 'replicator'"));
        cluster.get(other).awaitAnswer("SELECT 1", "1");
        assertEquals(streams, cluster.get(leader).ask(STREAMS));
        assertEquals(
                started, cluster.get(leader).ask(STARTED) + cluster.get(other).ask(STARTED));

        cluster.get(leader).ask("SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
        cluster.get(leader).awaitStandby(cluster.get(other));
        cluster.awaitHealthy(other);
        server.terminate();
        assertEquals(other, cluster.awaitOtherLeader(leader));
        cluster.initAndStart(leader);
        cluster.get(other).awaitStandby(cluster.get(leader));
    }

    @Test
    void theLeaderSetsThoseOfRolesThatTheJobTook() {
        cluster.startAll();
        var leader = cluster.get(cluster.answersAsLeader(0) ? 0 : 1);
        leader.ask("CREATE ROLE orders LOGIN");
        leader.ask("CREATE ROLE other LOGIN");
        leader.ask("ALTER ROLE orders SET streamset.password = 'as the Job does'");
        cluster.pods.password("orders", "declared");
        cluster.pods.password("other", "declared");

        cluster.pods.roles("orders", "other");
        cluster.pods.latest(leader).awaitSaying("role orders has the declared password from now on");

        assertEquals(
                "orders",
                leader.ask("SELECT string_agg(rolname, ' ') FROM pg_authid"
                        + " WHERE rolname IN ('orders', 'other') AND rolpassword IS NOT NULL"));
    }
}
