package streamset.plan;

import java.time.Duration;

/**
 * One thing that an update does.
 *
 * @param pause how long writes stand still for it
 * @param reason why they do, or until when; may be empty
 */
record Step(String text, Duration pause, String reason) {
    static Step withoutPause(String text) {
        return new Step(text, Pauses.NONE, "");
    }

    String line() {
        return text + ": " + pause(pause) + (reason.isEmpty() ? "" : ", " + reason);
    }

    static String pause(Duration pause) {
        return pause.isZero() ? "no pause" : "writes pause for about " + pause.toSeconds() + " s";
    }
}
