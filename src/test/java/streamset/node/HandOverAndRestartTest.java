package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another primary is declared in an update that also restarts the pods, from the highest ordinal down. */
@Tag("server")
class HandOverAndRestartTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";
    private static final String NEW_DIGEST = "fedcba9876543210";
    private static final String WAITS = "goes on writing until db-1.db-svc, which is declared primary, has restarted:"
            + " this update restarts it before this node";
    private static final int ENDED_BY_SIGTERM = 143;

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod first = pods.get(0).withDataOfAPrimary();
    private final Pod second = pods.get(1);

    private Container startBoth() {
        var server = first.initAndStart();
        first.ask("CREATE TABLE row (id int)");
        second.initAndStart();
        first.awaitStandby(second);
        return server;
    }

    private void restartIsDeclared() {
        pods.revisionForPods(Pods.FIRST_REVISION, NEW_DIGEST);
    }

    @Test
    void waitsUntilTheNewPrimaryHasRestarted() throws InterruptedException {
        var old = startBoth();
        restartIsDeclared();
        pods.primary(1);

        old.awaitSaying(WAITS);
        Thread.sleep(3_000); // more looks
        first.ask("INSERT INTO row VALUES (1)");
        pods.latest(second).terminate();
        second.initAndStart();

        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        assertEquals("1", second.ask("SELECT count(*) FROM row"));
    }

    @Test
    void doesNotWaitForEverForARestart() {
        pods.constant("actions/turn.sh", "RESTART_SECONDS", 3);
        var old = startBoth();
        restartIsDeclared();

        pods.primary(1);

        old.awaitSaying(WAITS);
        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
    }

    /** Its turn comes last: the old primary has restarted before. */
    @Test
    void doesNotWaitForAPodBelow() {
        startBoth();
        pods.primary(1);
        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
        restartIsDeclared();

        pods.primary(0);

        first.awaitAnswer(IS_STANDBY, "f");
        first.awaitStandby(second);
        assertFalse(
                pods.latest(second).output().contains("has restarted"),
                pods.latest(second).output());
    }

    @Test
    void aPodThatEndsHandsOverBefore() {
        pods.service(first);
        pods.constant("actions/role.sh", "LAST_CHANCE_SECONDS", 2);
        var old = startBoth();
        first.ask("INSERT INTO row VALUES (1)");
        pods.primary(1);
        old.awaitSaying("ready to hand over to db-1.db-svc: goes on writing until db-primary leads there");

        old.terminate();

        assertEquals(ENDED_BY_SIGTERM, old.exitCode(), old.output());
        assertEquals("f", second.ask(IS_STANDBY));
        assertEquals("1", second.ask("SELECT count(*) FROM row"));
        assertTrue(
                old.said().containsAll(List.of("hands over to db-1.db-svc", "db-1.db-svc writes now")), old.output());
        first.initAndStart();
        second.awaitStandby(first);
    }

    /** The new primary has not restarted yet, and this one cannot wait for that. */
    @Test
    void aPodThatEndsDoesNotWaitForARestart() {
        var old = startBoth();
        restartIsDeclared();
        pods.primary(1);
        old.awaitSaying(WAITS);

        old.terminate();

        assertEquals("f", second.ask(IS_STANDBY));
        first.initAndStart();
        second.awaitStandby(first);
    }

    @Test
    void aHandoverThatTheEndOfThePodInterruptsIsCompleted() {
        var old = startBoth();
        pods.primary(1);
        old.awaitSaying("hands over to db-1.db-svc");

        old.terminate();

        assertEquals("f", second.ask(IS_STANDBY), old.output());
        first.initAndStart();
        second.awaitStandby(first);
    }

    @Test
    void aPrimaryThatIsDeclaredEndsWithoutAHandover() {
        var old = startBoth();

        old.terminate();

        assertEquals(0, old.exitCode(), old.output());
        assertEquals("t", second.ask(IS_STANDBY));
        first.initAndStart();
        first.awaitStandby(second);
    }

    /** Nobody was promoted, and that is certain: so the old primary may be taken back without an answer of the other. */
    @Test
    void whatWasNeverPromotedHoldsNobodyUp() {
        var old = startBoth();
        holdsBeforeTheRecord();
        pods.primary(1);
        old.awaitSaying("hands over to db-1.db-svc");
        pods.latest(second).kill();
        goesOn();
        first.awaitAnswer(IS_STANDBY, "t");
        assertFalse(Files.exists(first.data.resolve("streamset.asked")));

        pods.primary(0);

        first.awaitAnswer(IS_STANDBY, "f");
        first.ask("INSERT INTO row VALUES (1)");
        second.initAndStart();
        first.awaitStandby(second);
    }

    /** Fake: the first write of who is promoted next takes until {@link #goesOn()}. */
    private void holdsBeforeTheRecord() {
        pods.program("sync", """
                #!/bin/bash
                if [[ $* == */streamset.asked.new && -e %1$s ]]; then
                  while [ -e %1$s ]; do sleep 0.1; done
                fi
                exec /usr/bin/sync "$@"
                """.formatted(first.run.resolve("hold")));
        Machine.write(first.run.resolve("hold"), "");
    }

    private void goesOn() {
        Machine.run("rm", first.run.resolve("hold").toString());
    }
}
