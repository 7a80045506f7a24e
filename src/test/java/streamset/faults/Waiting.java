package streamset.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits with a bound for something that others do. */
final class Waiting {
    private static final Duration INTERVAL = Duration.ofMillis(200); // each look may cost the machine a process
    private static final Duration SHORT_INTERVAL = Duration.ofMillis(5); // of a look into /proc

    private Waiting() {}

    static void until(String what, Duration limit, BooleanSupplier condition) {
        until(what, limit, INTERVAL, condition, () -> "");
    }

    /** @param otherwise what the message of the failure adds */
    static void until(String what, Duration limit, BooleanSupplier condition, Supplier<String> otherwise) {
        until(what, limit, INTERVAL, condition, otherwise);
    }

    /** For a moment that passes quickly: looks all the time, so the look must cost next to nothing. */
    static void untilTheMoment(String what, Duration limit, BooleanSupplier condition) {
        until(what, limit, SHORT_INTERVAL, condition, () -> "");
    }

    private static void until(
            String what, Duration limit, Duration interval, BooleanSupplier condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + otherwise.get());
            }
            pause(interval);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
