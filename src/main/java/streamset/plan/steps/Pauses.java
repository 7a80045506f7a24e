package streamset.plan.steps;

import java.time.Duration;

/**
 * How long writes pause during an update. Measured on the testbed with clients that write a row every 50 ms, rounded up
 * (docs/measurements.md); a larger or busier machine has other figures.
 */
final class Pauses {
    static final Duration NONE = Duration.ZERO;

    /** From the last commit on the old primary to the first on the new one: 0.2 … 0.6 s. */
    static final Duration HAND_OVER = Duration.ofSeconds(1);

    /** The same by Patroni: 2.2 … 2.4 s. */
    static final Duration SWITCHOVER = Duration.ofSeconds(3);

    /** From the loss of the primary, if the update starts at once, to the first commit on the new primary: 12 … 13 s. */
    static final Duration TAKE_OVER = Duration.ofSeconds(13);

    /** While the primary's pod is recreated: 2.3 … 2.5 s. */
    static final Duration PRIMARY_RESTART = Duration.ofSeconds(3);

    /**
     * While pods restart during a handover, which may restart the old primary and then the new one, with hardly a commit
     * between them: together 0.3 … 10.2 s.
     */
    static final Duration TWO_PRIMARIES_RESTART = Duration.ofSeconds(10);

    /** While the pod of a standby that every commit waits for is recreated: as long as for the primary. */
    static final Duration STANDBY_RESTART = PRIMARY_RESTART;

    /** While all pods are created: three are ready after 10.9 s. Moving WAL takes additional time. */
    static final Duration ALL_PODS_RESTART = Duration.ofSeconds(11);

    /** While all pods stop and are created, by the other engine: 14.0 … 16.5 s. */
    static final Duration ALL_PODS_STOP_AND_START = Duration.ofSeconds(17);

    private Pauses() {}
}
