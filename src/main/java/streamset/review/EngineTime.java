package streamset.review;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** YAML dates in the form in which the engine passes them on: {@code 2001-01-01} is not a text, but midnight in UTC. */
final class EngineTime {
    // the four forms of resolve.go; a space is used in times without a zone, a letter T in those with one
    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d\\d?)-(\\d\\d?)"
            + "(?:(?:[Tt](?=.*(?:Z|:\\d\\d)$)| (?!.*(?:Z|[-+]\\d\\d:\\d\\d)$))"
            + "(\\d\\d?):(\\d\\d?):(\\d\\d?)(?:[.,](\\d+))?(Z|[-+]\\d\\d:\\d\\d)?)?");
    private static final int NANOSECOND_DIGITS = 9;
    private static final DateTimeFormatter GO = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, NANOSECOND_DIGITS, true)
            .toFormatter(Locale.ROOT);

    private EngineTime() {}

    /** The time in the form of Go's {@code Time.String}; empty if the text is not a time. */
    static Optional<String> text(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || text.matches(".*[Tt].*") && parts.group(8) == null) {
            return Optional.empty();
        }
        try {
            var time = LocalDateTime.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    part(parts, 4),
                    part(parts, 5),
                    part(parts, 6),
                    nanoseconds(parts.group(7)));
            return Optional.of(GO.format(time) + zone(parts.group(8)));
        } catch (DateTimeException e) {
            return Optional.empty(); // such as the thirtieth of February
        }
    }

    private static int part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static int nanoseconds(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "0".repeat(NANOSECOND_DIGITS)).substring(0, 9));
    }

    private static String zone(String zone) {
        if (zone == null || ZoneOffset.of(zone).equals(ZoneOffset.UTC)) {
            return " +0000 UTC";
        }
        var digits = zone.replace(":", "");
        return " " + digits + " " + digits;
    }
}
