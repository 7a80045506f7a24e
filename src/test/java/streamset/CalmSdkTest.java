package streamset;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CalmSdkTest {
    private final Logger runner = Logger.getLogger("com.pulumi.test.internal.PulumiTestInternal");

    @AfterEach
    void forget() {
        PulumiTest.cleanup();
        runner.setFilter(null);
    }

    @Test
    void hearsEveryRoundOfTheLoopInWhichTheSdkWaits() {
        var rounds = new AtomicInteger();
        PulumiTest.runTest(context -> {
            CalmSdk.pauseBetweenRounds();
            var calm = runner.getFilter();
            runner.setFilter(logged -> {
                rounds.addAndGet(logged.getMessage().startsWith("Remaining tasks") ? 1 : 0);
                return calm.isLoggable(logged);
            });
            context.export("late", Output.of(after50Milliseconds()));
        });
        assertTrue(rounds.get() > 0, "the SDK does not log its rounds any more: CalmSdk has nothing to pause in");
    }

    private static CompletableFuture<String> after50Milliseconds() {
        return CompletableFuture.supplyAsync(() -> "now", CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void printsNoMoreThanBefore() {
        PulumiTest.runTest(context -> CalmSdk.pauseBetweenRounds());
        assertFalse(runner.getFilter().isLoggable(new LogRecord(Level.FINEST, "Remaining tasks [1]")));
        assertFalse(runner.getFilter().isLoggable(new LogRecord(Level.FINE, "anything")));
        assertTrue(runner.getFilter().isLoggable(new LogRecord(Level.SEVERE, "anything")));
    }
}
