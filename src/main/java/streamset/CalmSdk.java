package streamset;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Two habits of the Pulumi SDK, cured from outside. It writes to standard error what it tells the engine as well. And it
 * waits for the engine in a loop without a pause, which keeps a core busy for as long as an update takes (measured: 20 s
 * of processor time in an update of 18 s); since the loop logs in every round, its log is where it can be made to pause.
 */
public final class CalmSdk {
    private static final String LOOP_MESSAGE = "Remaining tasks"; // of DeploymentImpl.DefaultRunner.checkForTasks
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    // The real runner's logger and the mock engine's. Held here, because the log manager forgets what nobody holds.
    private static final List<Logger> RUNNERS = Stream.of(
                    "com.pulumi.deployment.internal.DeploymentImpl", "com.pulumi.test.internal.PulumiTestInternal")
            .map(Logger::getLogger)
            .toList();

    private CalmSdk() {}

    /** Call before the SDK starts. */
    public static void keepQuiet() {
        LogManager.getLogManager().reset();
    }

    /** Call once the SDK has started: it sets the level of its loggers then. */
    static void pauseBetweenRounds() {
        for (Logger runner : RUNNERS) {
            runner.setLevel(Level.ALL); // else the filter is not asked
            runner.setFilter(CalmSdk::pauseInTheLoop);
        }
    }

    private static boolean pauseInTheLoop(LogRecord logged) {
        if (logged.getMessage().startsWith(LOOP_MESSAGE)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return logged.getLevel().intValue() >= Level.INFO.intValue();
    }
}
