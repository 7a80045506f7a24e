package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A volume that is full in the middle of a change of roles: what could not be written down must not be gone on from. */
@Tag("server")
class FailedActionsTest {
    private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";
    private static final String FULL = "No space left on device";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod first = pods.get(0).withDataOfAPrimary();
    private final Pod second = pods.get(1);

    private Container startBoth() {
        var server = first.initAndStart();
        first.ask("CREATE TABLE row (id int)");
        second.initAndStart();
        first.awaitStandby(second);
        second.awaitNodeRole();
        return server;
    }

    /** The old primary has rows that the new one does not have. */
    private void loseTheFirst() {
        var server = startBoth();
        pods.latest(second).kill();
        first.ask("INSERT INTO row VALUES (1)");
        server.kill();
        second.initAndStart();
        pods.lost(1, "0");
        pods.job("handover.sh").mustSucceed();
    }

    /** Fake: stands for a full volume; this program cannot do its work on files with such names. */
    private void fails(String program, String pattern) {
        pods.program(program, """
                #!/bin/bash
                for argument; do
                  if [[ $argument == %s ]]; then
                    echo "%s: cannot write '$argument': %s" >&2
                    exit 1
                  fi
                done
                exec /usr/bin/%s "$@"
                """.formatted(pattern, program, FULL, program));
    }

    private void works(String program) {
        pods.program(program, "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
    }

    @Test
    void aPrimaryThatCannotBeMadeReadOnlyGoesOnWriting() {
        var server = startBoth();
        fails("touch", "*/pgdata/standby.signal");

        pods.primary(1);

        server.awaitSaying("goes on writing, because the data here cannot be made read-only: touch: cannot write '"
                + first.data.resolve("standby.signal") + "': " + FULL);
        first.ask("INSERT INTO row VALUES (1)");
        assertEquals("t", second.ask(IS_STANDBY));

        works("touch");
        second.awaitAnswer(IS_STANDBY, "f");
        assertEquals("1", second.ask("SELECT count(*) FROM row"));
        second.awaitStandby(first);
    }

    @Test
    void nobodyIsPromotedWhileThatCannotBeWrittenDown() throws InterruptedException {
        var server = startBoth();
        fails("sync", "*/streamset.asked*");

        pods.primary(1);

        server.awaitSaying("db-1.db-svc is not promoted, because that cannot be recorded here: sync: cannot write '"
                + first.data.resolve("streamset.asked.new") + "': " + FULL);
        Thread.sleep(3_000); // more looks
        first.awaitAnswer(IS_STANDBY, "t");
        assertEquals("t", second.ask(IS_STANDBY));

        works("sync");
        second.awaitAnswer(IS_STANDBY, "f");
        second.awaitStandby(first);
    }

    @Test
    void aRewindThatCannotMakeAStandbyIsNoneAndTheDataAreClonedAnew() {
        loseTheFirst();
        first.init().mustSucceed();
        fails("touch", "*/pgdata/standby.signal");

        var returned = first.start();

        returned.awaitSaying("standby of db-1.db-svc: clone ready");
        second.awaitStandby(first);
        assertEquals("t", first.ask(IS_STANDBY));
        assertFalse(returned.said().contains("rewound to where db-1.db-svc went on"), returned.output());
        assertEquals(
                "cannot be rewound, cloned again: touch: cannot write '" + first.data.resolve("standby.signal") + "': "
                        + FULL,
                said(returned, "cannot be rewound"));
    }

    @Test
    void dataThatCannotBeKeptAsideAreNotGivenUp() {
        loseTheFirst();
        pods.keepDiverged();
        first.init().mustSucceed();
        fails("cp", "*.diverged-*");

        var returned = first.startWithoutWaiting();

        assertEquals(1, returned.exitCode(), returned.output());
        assertEquals(
                "the old data cannot be kept, nothing is discarded: cp: cannot write '" + FULL,
                said(returned, "the old data cannot").replaceFirst("'.*': ", "'"));
        assertEquals(List.of("pgdata"), Machine.names(first.volume));

        works("cp");
        first.initAndStart();
        second.awaitStandby(first);
        assertEquals(2, Machine.names(first.volume).size(), () -> "" + Machine.names(first.volume));
    }

    @Test
    void aCloneThatCannotBeginEndsTheContainerInsteadOfStartingWhatIsThere() {
        loseTheFirst();
        first.init().mustSucceed();
        pods.program("pg_rewind", "#!/bin/sh\necho 'pg_rewind: error: no luck' >&2\nexit 1\n");
        fails("mkdir", first.volume.toString()); // the first step of init.sh that needs the volume

        var returned = first.startWithoutWaiting();

        assertEquals(1, returned.exitCode(), returned.output());
        assertEquals(List.of("pgdata", "pgdata.worthless"), Machine.names(first.volume));

        works("mkdir");
        first.initAndStart();
        second.awaitStandby(first);
        assertEquals("t", first.ask(IS_STANDBY));
    }

    private static String said(Container container, String start) {
        return container.said().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("nothing:\n" + container.output());
    }
}
