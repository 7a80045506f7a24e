package streamset.sizing;

import java.time.Duration;

/** Times as people read them. */
final class Durations {
    private Durations() {}

    /** The two largest of hours, minutes and seconds. */
    static String words(Duration time) {
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
