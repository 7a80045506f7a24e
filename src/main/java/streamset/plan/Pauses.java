package streamset.plan;

import java.time.Duration;

/**
 * How long writes pause for what an update does. Measured on the testbed with a client that writes a row every 50 ms (the
 * fault suite prints them), rounded up; a larger or slower machine has others.
 */
final class Pauses {
    static final Duration NONE = Duration.ZERO;

    /** From the last commit on the old primary to the first on the new one. */
    static final Duration HAND_OVER = Duration.ofSeconds(4);

    /** From the start of the update to the first commit on a standby that takes over from a primary that is gone. */
    static final Duration TAKE_OVER = Duration.ofSeconds(5);

    /** While the pod of the primary is made anew. */
    static final Duration PRIMARY_RESTART = Duration.ofSeconds(4);

    /** While the pod of a standby is made anew that every commit waits for. */
    static final Duration STANDBY_RESTART = Duration.ofSeconds(4);

    /** While all pods are made anew, when the WAL that they move takes no time worth mentioning. */
    static final Duration ALL_PODS_RESTART = Duration.ofSeconds(20);

    private Pauses() {}
}
