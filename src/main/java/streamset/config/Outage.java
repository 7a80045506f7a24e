package streamset.config;

import java.time.Duration;
import java.util.regex.Pattern;
import streamset.units.ByteSize;

/** How long something that takes WAL may be away. */
public record Outage(Duration time) {
    private static final int SECONDS_OF_A_MINUTE = 60;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})\\s*(s|m|min|h|d)");

    /**
     * Reads a time such as {@code 90s}, {@code 30m}, {@code 2h} or {@code 1d}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Outage parse(String text) {
        var matcher = TIME.matcher(text.strip());
        if (matcher.matches()) {
            long number = Integer.parseInt(matcher.group(1));
            var time = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofMinutes(number);
            };
            if (!time.isZero() && time.compareTo(LONGEST) <= 0) {
                return new Outage(time);
            }
        }
        throw new IllegalArgumentException("must be a time such as 90s, 30m, 2h or 1d, at most 365d");
    }

    /** The WAL that is written meanwhile. */
    public ByteSize wal(ByteSize perSecond) {
        return new ByteSize(time.toSeconds() * perSecond.bytes());
    }

    /** {@code 2 h}. */
    public String words() {
        if (time.toHours() > 0 && time.equals(Duration.ofHours(time.toHours()))) {
            return time.toHours() + " h";
        }
        return time.toSeconds() % SECONDS_OF_A_MINUTE == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
