package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The primary is gone for good, and another one is declared without it. */
@Tag("server")
class LostPrimaryTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";

    @AutoClose
    private final Pods pods = Pods.of(3);

    private final Pod lost = pods.get(0).withDataOfAPrimary();
    private final Pod second = pods.get(1);
    private final Pod third = pods.get(2);

    private Container startAll() {
        var server = lost.initAndStart();
        lost.ask("CREATE TABLE row (id int)");
        second.initAndStart();
        third.initAndStart();
        lost.awaitStandby(second);
        lost.awaitStandby(third);
        second.awaitNodeRole();
        third.awaitNodeRole();
        return server;
    }

    /** Writes rows that no standby gets, one transaction each, and is gone. */
    private void loseWithRowsOfItsOwn(int rows) {
        var server = startAll();
        lost.ask("INSERT INTO row VALUES (0)");
        second.awaitAnswer("SELECT count(*) FROM row", "1");
        third.awaitAnswer("SELECT count(*) FROM row", "1");
        pods.latest(third).kill(); // first: the other one never has less
        pods.latest(second).kill();
        for (int row = 1; row <= rows; row++) {
            lost.ask("INSERT INTO row VALUES (" + row + ")");
        }
        server.kill();
        second.initAndStart();
        third.initAndStart();
    }

    private void assertAllFollow(Pod primary, Pod... others) {
        for (Pod other : others) {
            primary.awaitStandby(other);
        }
    }

    @Test
    void isReplacedAndReturnsAsAStandbyThatSaysWhatWasGivenUp() {
        loseWithRowsOfItsOwn(7);
        pods.lost(1, "0");

        var job = pods.job("handover.sh").mustSucceed();

        var said = job.said();
        var loss = "what was written after \\S+ of timeline 1 is lost: no server that answers has it";
        assertTrue(said.get(said.size() - 2).matches(loss), job.output()); // a wait for a replay may come before
        assertEquals("db-1.db-svc writes", said.get(said.size() - 1));
        second.ask("INSERT INTO row VALUES (100)");
        assertAllFollow(second, third);

        lost.init().mustSucceed();
        var returned = lost.start();
        returned.awaitSaying("rewound to where db-1.db-svc went on");
        assertAllFollow(second, lost, third);
        assertTrue(returned.said().contains("transactions discarded: 7"), returned.output());
        lost.awaitAnswer("SELECT string_agg(id::text, ',' ORDER BY id) FROM row", "0,100");
    }

    /** Their servers let the role of the nodes in from the pods of a cluster alone. */
    @Test
    void isReplacedByAPodOfAFormerVersionToo() {
        loseWithRowsOfItsOwn(0);
        for (Pod pod : List.of(second, third)) {
            pod.awaitAnswer(IS_STANDBY, "t");
            Machine.run(
                    "sed",
                    "-i",
                    "1i host postgres streamset all reject",
                    pod.etc.resolve("pg_hba.conf").toString());
            pod.ask("SELECT pg_reload_conf()");
        }
        pods.lost(1, "0");
        var job = pods.job("handover.sh")
                .awaitSaying("what to do: if its pod does not restart by itself within some minutes:"
                        + " kubectl delete pod db-1");

        pods.withServersOfAFormerVersion().job("handover.sh").mustSucceed();

        second.awaitAnswer(IS_STANDBY, "f");
        assertTrue(job.isRunning(), job.output());
    }

    @Test
    void isClonedAnewWhenItCanNotBeRewound() {
        loseWithRowsOfItsOwn(3);
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        pods.program("pg_rewind", "#!/bin/sh\necho 'pg_rewind: error: no luck' >&2\nexit 1\n");

        lost.init().mustSucceed();
        var returned = lost.start();

        returned.awaitSaying("standby of db-1.db-svc: clone ready");
        assertAllFollow(second, lost, third);
        assertTrue(
                returned.said().contains("cannot be rewound, cloned again: pg_rewind: error: no luck"),
                returned.output());
        assertEquals(List.of("pgdata"), Machine.names(lost.volume));
    }

    @Test
    void isClonedAnewWhenARewindWasInterrupted() {
        loseWithRowsOfItsOwn(3);
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        assertAllFollow(
                second, third); // otherwise it may stream the discarded WAL from the lost one, and have to rewind too
        pods.program("pg_rewind", "#!/bin/sh\nexec sleep infinity\n");
        lost.init().mustSucceed();
        var returned = lost.start();
        Await.until(
                "a rewind that hangs", () -> Files.exists(lost.volume.resolve("pgdata.worthless")), returned::output);
        returned.kill();

        var init = lost.init().mustSucceed();
        lost.start();

        assertEquals(
                List.of("the data here are incomplete: deleted", "standby of db-1.db-svc: clone ready"), init.said());
        assertAllFollow(second, lost, third);
    }

    @Test
    void keepsItsOldDataAsideWhenTheStackSaysSo() {
        loseWithRowsOfItsOwn(3);
        pods.keepDiverged();
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();

        lost.init().mustSucceed();
        lost.start();

        assertAllFollow(second, lost, third);
        var kept = Machine.names(lost.volume).stream()
                .filter(name -> name.startsWith("pgdata.diverged-"))
                .toList();
        assertEquals(1, kept.size(), kept::toString);
        assertTrue(Files.exists(lost.volume.resolve(kept.get(0)).resolve("global/pg_control")));
    }

    @Test
    void staysReadOnlyWhenNobodyHasDeclaredItLost() {
        loseWithRowsOfItsOwn(3);
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        pods.lost(1, "");

        lost.init().mustSucceed();
        var returned = lost.start();

        var fact = Pattern.compile("the data here were a primary's and have WAL from \\S+ to \\S+ on timeline 1"
                + " that db-1.db-svc does not have: read-only, nothing is discarded");
        Await.until(
                "the message",
                () -> returned.said().stream()
                        .anyMatch(line -> fact.matcher(line).matches()),
                returned::output);
        returned.awaitSaying("what to do: save what db-1.db-svc does not have, then have it discarded here:"
                + " pulumi config set --path 'streamset:lost[0]' 0 && pulumi up");
        assertEquals("4", lost.ask("SELECT count(*) FROM row"));
        assertEquals("t", lost.ask(IS_STANDBY));

        pods.lost(1, "0");
        returned.awaitSaying("rewound to where db-1.db-svc went on");
        assertAllFollow(second, lost, third);
    }

    @Test
    void doesNotWriteWhenItIsDeclaredPrimaryAgainAfterTheOthersHaveGoneOn() {
        loseWithRowsOfItsOwn(0);
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        second.ask("INSERT INTO row VALUES (100)");
        pods.lost(0, "");

        var init = lost.init().mustSucceed();
        lost.start();

        assertEquals(
                List.of("was the primary, but db-1.db-svc has gone on without it (timeline 2): read-only"),
                init.said());
        lost.awaitAnswer(IS_STANDBY, "f"); // by a hand over, with all that the others have
        assertAllFollow(lost, second, third);
        assertEquals("2", lost.ask("SELECT count(*) FROM row"));
    }

    @Test
    void isNotReplacedByAStandbyThatHasLessThanAnother() {
        var server = startAll();
        pods.latest(second).kill();
        lost.ask("INSERT INTO row VALUES (1)");
        third.awaitAnswer("SELECT count(*) FROM row", "1");
        server.kill();
        second.initAndStart();
        pods.lost(1, "0");

        var job = pods.job("handover.sh");

        assertEquals(1, job.exitCode(), job.output());
        assertTrue(
                job.said()
                        .get(3)
                        .matches("db-2.db-svc has more of the lost primary's WAL \\(timeline 1, \\S+\\)"
                                + " than db-1.db-svc \\(timeline 1, \\S+\\): no standby was promoted"),
                job.output());
        assertEquals(
                "what to do: pulumi config set streamset:primary 2 && pulumi up",
                job.said().get(4));
        assertEquals("t", second.ask(IS_STANDBY));

        pods.lost(2, "0");
        pods.job("handover.sh").mustSucceed();
        assertAllFollow(third, second);
        assertEquals("1", third.ask("SELECT count(*) FROM row"));
    }

    @Test
    void isNotReplacedBeforeAllOthersHaveSaidWhatTheyHave() {
        var server = startAll();
        pods.latest(third).kill();
        server.kill();
        pods.lost(1, "0");

        var job = pods.job("handover.sh")
                .awaitSaying(
                        "what to do: if it is lost too: pulumi config set --path 'streamset:lost[1]' 2 && pulumi up");
        assertEquals("t", second.ask(IS_STANDBY));

        third.initAndStart();
        job.mustSucceed();
        assertAllFollow(second, third);
    }

    @Test
    void thatCouldOnlyNotBeReachedIsToldByTheNewOne() {
        pods.kubeletSleeps(lost);
        startAll();
        pods.redirect(lost, "127.0.1.99"); // where nobody is
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
        assertAllFollow(second, third);
        lost.ask("INSERT INTO row VALUES (1)");
        lost.ask("INSERT INTO row VALUES (2)");

        pods.redirect(lost, lost.address);

        pods.latest(second).awaitSaying("db-0.db-svc is declared lost, but writes: it must stop");
        pods.latest(lost).awaitSaying("declared lost, but running: stops writing, because db-1.db-svc may be promoted");
        pods.latest(lost).awaitSaying("transactions discarded: 2");
        assertAllFollow(second, lost, third);
        lost.awaitAnswer("SELECT count(*) FROM row", "0");
    }

    @Test
    void thatIsStillThereHandsOverWithoutALoss() {
        var server = startAll();
        lost.ask("INSERT INTO row SELECT generate_series(1, 1000)");
        pods.lost(1, "0");

        pods.job("handover.sh").mustSucceed();

        assertAllFollow(second, lost, third);
        assertEquals("1000", second.ask("SELECT count(*) FROM row"));
        assertTrue(
                server.said()
                        .contains("declared lost, but running: stops writing, because db-1.db-svc may be promoted"),
                server.output());
        assertEquals("t", lost.ask(IS_STANDBY));
    }
}
