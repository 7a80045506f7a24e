package streamset.plan.steps;

import java.time.Duration;

/**
 * How long writes pause for what an update does. Measured on the testbed with clients that write a row every 50 ms, rounded up
 * (docs/measurements.md); a larger or busier machine has others.
 */
final class Pauses {
    static final Duration NONE = Duration.ZERO;

    /** From the last commit on the old primary to the first on the new one: 0.2 … 0.6 s. */
    static final Duration HAND_OVER = Duration.ofSeconds(1);

    /** From the loss of the primary, the update begun at once, to the first commit on the standby that takes over: 12 … 13 s. */
    static final Duration TAKE_OVER = Duration.ofSeconds(13);

    /** While the pod of the primary is made anew: 2.3 … 2.5 s. */
    static final Duration PRIMARY_RESTART = Duration.ofSeconds(3);

    /**
     * While pods restart beside a hand over, which may let the old primary restart and then the new one, with hardly a
     * commit between them: together 0.3 … 10.2 s.
     */
    static final Duration TWO_PRIMARIES_RESTART = Duration.ofSeconds(10);

    /** While the pod of a standby is made anew that every commit waits for: it takes as long as the primary's. */
    static final Duration STANDBY_RESTART = PRIMARY_RESTART;

    /** While all pods are made anew: three are ready after 10.9 s. The WAL that they move takes its own time. */
    static final Duration ALL_PODS_RESTART = Duration.ofSeconds(11);

    private Pauses() {}
}
