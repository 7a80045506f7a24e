package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FreezeTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Process process;

    @BeforeEach
    void starts() throws IOException {
        process = new ProcessBuilder("sleep", "120").start();
    }

    @AfterEach
    void ends() {
        process.destroyForcibly();
    }

    private boolean isFrozen() {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return text.substring(text.lastIndexOf(')') + 2).startsWith("T");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void await(String what, boolean frozen) {
        Waiting.untilTheMoment(what, LIMIT, () -> isFrozen() == frozen);
    }

    @Test
    void a_process_stands_still_and_goes_on_afterwards() throws Exception {
        Freeze.during(List.of(process.toHandle()), () -> await("it stands still", true));
        await("it goes on", false);
    }

    @Test
    void it_goes_on_also_when_something_fails_meanwhile() {
        var failure = assertThrows(
                AssertionError.class,
                () -> Freeze.during(List.of(process.toHandle()), () -> {
                    await("it stands still", true);
                    throw new AssertionError("meanwhile");
                }));
        assertEquals("meanwhile", failure.getMessage());
        await("it goes on", false);
    }

    @Test
    void it_can_go_on_again_and_again() throws Exception {
        var moment = Duration.ofMillis(200);
        Freeze.onAndOffDuring(process.toHandle(), moment, moment, () -> {
            for (int time = 0; time < 2; time++) {
                await("it stands still", true);
                await("it goes on for a while", false);
            }
        });
        await("it goes on", false);
    }

    @Test
    void one_that_is_killed_meanwhile_is_no_problem() throws Exception {
        Freeze.during(List.of(process.toHandle()), () -> PodProcesses.kill(process.toHandle()));
        assertTrue(process.waitFor() != 0);
    }

    @Test
    void nothing_can_be_frozen_too() throws Exception {
        Freeze.during(List.of(), () -> await("it goes on", false));
    }
}
