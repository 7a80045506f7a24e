package streamset.features.backup;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** When something is done by itself: the five fields of cron that a CronJob takes. */
final class Cron {
    private static final String MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
    private static final String DAYS = "SUN|MON|TUE|WED|THU|FRI|SAT";
    private static final List<Pattern> FIELDS = List.of(
            field("[0-5]?\\d"),
            field("1?\\d|2[0-3]"),
            field("0?[1-9]|[12]\\d|3[01]"),
            field("0?[1-9]|1[0-2]|" + MONTHS),
            field("[0-6]|" + DAYS));

    private Cron() {}

    private static Pattern field(String value) {
        var part = "(\\*|(" + value + ")(-(" + value + "))?)(/[1-9]\\d?)?";
        return Pattern.compile(part + "(," + part + ")*");
    }

    /**
     * @return the text itself
     * @throws IllegalArgumentException when a CronJob would not take it, or never run
     */
    static String parse(String text) {
        var fields = text.split(" ", -1);
        boolean fits = fields.length == FIELDS.size()
                && IntStream.range(0, fields.length)
                        .allMatch(index ->
                                FIELDS.get(index).matcher(fields[index]).matches());
        if (!fits) {
            throw new IllegalArgumentException(
                    "must be five fields of cron, in UTC: minute, hour, day of the month, month, day of the week (0 or SUN … 6 or SAT)");
        }
        CronFields.of(text);
        return text;
    }
}
