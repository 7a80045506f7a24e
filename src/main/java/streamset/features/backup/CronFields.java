package streamset.features.backup;

import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the five fields of a schedule select, as the controller of CronJobs reads them.
 *
 * @param anyDay whether one of both fields for days says nothing; otherwise a day need fit only one of them
 */
record CronFields(BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean anyDay) {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int MINUTES_PER_HOUR = 60;
    private static final int DAYS_PER_WEEK = 7;

    /**
     * @param text whose form {@link Cron#parse} has seen
     * @throws IllegalArgumentException when a CronJob would not take it, or never run
     */
    static CronFields of(String text) {
        var fields = text.split(" ");
        var read = new CronFields(
                bits(fields[0], 0, 59, List.of()),
                bits(fields[1], 0, 23, List.of()),
                bits(fields[2], 1, 31, List.of()),
                bits(fields[3], 1, 12, MONTHS),
                bits(fields[4], 0, 6, WEEKDAYS),
                saysNothing(fields[2]) || saysNothing(fields[4]));
        if (!read.comes()) {
            throw new IllegalArgumentException("must name a day that one of its months has");
        }
        return read;
    }

    private static boolean saysNothing(String field) {
        return Arrays.stream(field.split(",")).anyMatch(part -> part.equals("*") || part.equals("*/1"));
    }

    private static BitSet bits(String field, int least, int most, List<String> names) {
        var bits = new BitSet();
        for (String part : field.split(",")) {
            var step = part.split("/");
            var ends = step[0].equals("*") ? new String[] {"" + least, "" + most} : step[0].split("-");
            int from = number(ends[0], least, names);
            // a single value with a step goes on to the end
            int to = ends.length > 1 ? number(ends[1], least, names) : step.length > 1 ? most : from;
            if (from > to) {
                throw new IllegalArgumentException("must have no range that ends before it begins");
            }
            for (int value = from; value <= to; value += step.length > 1 ? Integer.parseInt(step[1]) : 1) {
                bits.set(value);
            }
        }
        return bits;
    }

    private static int number(String word, int least, List<String> names) {
        return names.contains(word) ? least + names.indexOf(word) : Integer.parseInt(word);
    }

    boolean isOn(LocalDate date) {
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % DAYS_PER_WEEK);
        return months.get(date.getMonthValue()) && (anyDay ? day && weekday : day || weekday);
    }

    /** Whether there is such a day at all. */
    private boolean comes() {
        return !anyDay
                || months.stream()
                        .anyMatch(month -> days.nextSetBit(1) <= Month.of(month).maxLength());
    }

    /** Adds its minutes of a day. */
    void addMinutes(BitSet ofDay) {
        hours.stream().forEach(hour -> minutes.stream().forEach(minute -> ofDay.set(hour * MINUTES_PER_HOUR + minute)));
    }
}
