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
 * Corrects two habits of the Pulumi SDK from outside. It writes everything that it sends to the engine to standard error too.
 * And it waits for the engine in a loop without a pause, which occupies a core during the whole update (measured: 20 s of
 * processor time in an update of 18 s). The loop logs in every round, so a filter of its log can make it pause.
 */
public final class CalmSdk {
    private static final String LOOP_MESSAGE = "Remaining tasks"; // of DeploymentImpl.DefaultRunner.checkForTasks
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    // The loggers of the real runner and of the mock engine. The log manager only has weak references to them.
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
            runner.setLevel(Level.ALL); // otherwise the filter is not called
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
