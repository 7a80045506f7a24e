package streamset.faults;

import java.time.Duration;

/** How long is waited for what, on two cores that also run everything else. */
final class Limits {
    /** For a process to end that was killed. */
    static final Duration PROCESS = Duration.ofSeconds(20);

    /** For something to be seen that takes seconds: a log line, a phase of a hand over. */
    static final Duration MOMENT = Duration.ofSeconds(60);

    /** For an update to come to its point. */
    static final Duration UPDATE = Duration.ofMinutes(3);

    /** For a deployment; one that waits for a pod that does not come back gives up by itself after that. */
    static final Duration DEPLOY = Duration.ofMinutes(6);

    /** For the cluster to be whole again; a container that dies again is started after 10, 20, 40 … s only. */
    static final Duration HEALTHY = Duration.ofMinutes(4);

    private Limits() {}
}
