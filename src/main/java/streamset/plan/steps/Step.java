package streamset.plan.steps;

import java.time.Duration;

/**
 * One thing that an update does.
 *
 * @param pause how long writes pause for it
 * @param reason why they pause, or until when; may be empty
 */
public record Step(String text, Duration pause, String reason) {
    static Step withoutPause(String text) {
        return new Step(text, Pauses.NONE, "");
    }

    /** The step as a line of the plan. */
    public String line() {
        return text + ": " + pause(pause) + (reason.isEmpty() ? "" : ", " + reason);
    }

    /** The length of a pause in words. */
    public static String pause(Duration pause) {
        return pause.isZero() ? "no pause" : "writes pause for about " + pause.toSeconds() + " s";
    }
}
