package streamset.plan.steps;

import java.time.Duration;

/**
 * One thing that an update does.
 *
 * @param pause how long writes stand still for it
 * @param reason why they do, or until when; may be empty
 */
public record Step(String text, Duration pause, String reason) {
    static Step withoutPause(String text) {
        return new Step(text, Pauses.NONE, "");
    }

    /** A line of the plan. */
    public String line() {
        return text + ": " + pause(pause) + (reason.isEmpty() ? "" : ", " + reason);
    }

    /** How long a pause is, in words. */
    public static String pause(Duration pause) {
        return pause.isZero() ? "no pause" : "writes pause for about " + pause.toSeconds() + " s";
    }
}
