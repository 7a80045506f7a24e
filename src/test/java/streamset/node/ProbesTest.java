package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kubelet asks every few seconds. */
@Tag("server")
class ProbesTest {
    private static final int REJECTS = 1;
    private static final int NO_ANSWER = 2;

    @AutoClose
    private final Pods pods = Pods.of(1);

    private final Pod primary = pods.get(0).withDataOfAPrimary();

    private int ready() {
        return primary.script("probes/ready.sh").exitCode();
    }

    private int alive() {
        return primary.script("probes/alive.sh").exitCode();
    }

    @Test
    void aServerThatAcceptsIsReadyAndAlive() {
        primary.initAndStart();

        assertEquals(0, ready());
        assertEquals(0, alive());
    }

    /** Fake: stands for a server that is in its recovery, which a test cannot hold there. */
    @Test
    void aServerThatRejectsIsAliveButNotReady() {
        pods.program("pg_isready", "#!/bin/sh\nexit " + REJECTS + "\n");

        assertEquals(REJECTS, ready());
        assertEquals(0, alive());
    }

    @Test
    void aServerThatDoesNotAnswerIsNeither() {
        assertEquals(NO_ANSWER, ready());
        assertEquals(1, alive());
    }

    @Test
    void aServerThatIsAwayOnPurposeIsAliveButNotReady() throws Exception {
        Files.createFile(primary.volume.resolveSibling("tmp/busy"));

        assertEquals(NO_ANSWER, ready());
        assertEquals(0, alive());
    }
}
