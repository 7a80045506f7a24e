package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class RestartedJobTest {
    private static final String OTHER_DIGEST = "fedcba9876543210";
    private static final String FIRST_RUNS = "db-0.db-svc runs in a pod of the declared template";
    private static final String SECOND_RUNS = "db-1.db-svc runs in a pod of the declared template";
    private static final String FIRST_IS_FORMER = "waiting for db-0.db-svc to restart: its pod is of a former template";
    private static final String SECOND_IS_FORMER =
            "waiting for db-1.db-svc to restart: its pod is of a former template";
    private static final String SECOND_IS_AWAY = "waiting for db-1.db-svc to accept connections";
    private static final String DESCRIBE = "what to do: if it does not come: kubectl describe pod db-1";
    private static final String TOO_LATE =
            "after 2 s, not all servers have restarted; nothing was undone, and Kubernetes goes on restarting them";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Pod standby = pods.get(1);

    private void startBoth() {
        primary.initAndStart();
        standby.initAndStart();
        primary.awaitStandby(standby);
        standby.awaitNodeRole();
    }

    private void anotherTemplateIsDeclared() {
        pods.revisionForPods(Pods.FIRST_REVISION, OTHER_DIGEST);
    }

    private Container job() {
        return pods.job("restarted.sh", "lost");
    }

    private void assertGivesUp(String... said) {
        pods.constant("jobs/restarted.sh", "LIMIT_SECONDS", 2);
        var job = job();
        assertEquals(1, job.exitCode(), job.output());
        var lines = job.said();
        assertEquals(List.of(said), lines.subList(lines.indexOf(TOO_LATE) + 1, lines.size()));
    }

    @Test
    void endsWhenEveryServerRunsInAPodOfTheDeclaredTemplate() {
        startBoth();
        anotherTemplateIsDeclared();
        var job = job().awaitSaying(FIRST_IS_FORMER).awaitSaying(SECOND_IS_FORMER);

        pods.latest(standby).terminate();
        job.awaitSaying(SECOND_IS_AWAY);
        standby.initAndStart();
        job.awaitSaying(SECOND_RUNS);
        assertTrue(job.isRunning());

        pods.latest(primary).terminate();
        primary.initAndStart();
        job.mustSucceed();
        var said = job.said();
        assertEquals(FIRST_RUNS, said.get(said.size() - 1));
    }

    /** A container that restarts, or a server, is still in the former pod. */
    @Test
    void aServerThatRestartsInItsFormerPodDoesNotCount() {
        startBoth();
        anotherTemplateIsDeclared();
        var started = standby.ask("SELECT pg_postmaster_start_time()");
        pods.latest(standby).killServer();
        standby.awaitAnswer("SELECT pg_postmaster_start_time() > '" + started + "'", "t");

        assertGivesUp(
                FIRST_IS_FORMER,
                SECOND_IS_FORMER,
                "what to do: find the pod that is not ready, for which Kubernetes waits even if it is declared lost;"
                        + " when it is ready, deploy again: kubectl get pods");
    }

    @Test
    void endsAtOnceWhereNothingRestarts() {
        startBoth();

        assertEquals(List.of(FIRST_RUNS, SECOND_RUNS), job().mustSucceed().said());
    }

    @Test
    void waitsForAFirstCloneAndUntilItStreams() {
        var job = job().awaitSaying("waiting for db-0.db-svc to accept connections")
                .awaitSaying(SECOND_IS_AWAY);
        primary.initAndStart();
        job.awaitSaying(FIRST_RUNS);
        assertTrue(job.isRunning());

        standby.initAndStart();
        job.mustSucceed();
        primary.awaitStandby(standby);
    }

    @Test
    void aStandbyThatAcceptsConnectionsButDoesNotStreamIsWaitedFor() {
        startBoth();
        pods.latest(primary).terminate();
        var job = job().awaitSaying("waiting for db-1.db-svc to stream");

        primary.initAndStart();
        job.mustSucceed();
    }

    @Test
    void nobodyWaitsForALostNode() {
        primary.initAndStart();
        primary.awaitNodeRole();
        pods.lost(0, "1");

        assertEquals(List.of(FIRST_RUNS), job().mustSucceed().said());
    }

    @Test
    void aPodThatDoesNotComeBackIsNamedWithWhatToDo() {
        primary.initAndStart();

        assertGivesUp(
                SECOND_IS_AWAY,
                "what to do: kubectl describe pod db-1; when it is ready, deploy again",
                "what to do: if db-1 is gone for good: pulumi config set --path 'streamset:lost[0]' 1 && pulumi up");
    }

    @Test
    void beingDeclaredLostIsNoRemedyForAPodThatOthersRestartAfter() {
        primary.initAndStart();
        anotherTemplateIsDeclared();

        assertGivesUp(
                FIRST_IS_FORMER,
                SECOND_IS_AWAY,
                "what to do: kubectl describe pod db-1; when it is ready, deploy again");
    }

    @Test
    void nobodyCanBeDeclaredLostWhereThePodsDecide() {
        primary.initAndStart();
        primary.awaitNodeRole();
        pods.constant("jobs/restarted.sh", "LIMIT_SECONDS", 1);

        var job = pods.job("restarted.sh");
        assertEquals(1, job.exitCode(), job.output());
        assertEquals(
                List.of(
                        FIRST_RUNS,
                        SECOND_IS_AWAY,
                        DESCRIBE,
                        TOO_LATE.replace("2 s", "1 s"),
                        SECOND_IS_AWAY,
                        "what to do: kubectl describe pod db-1; when it is ready, deploy again"),
                job.said());
    }
}
