package streamset.features.backup;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.util.BitSet;
import java.util.List;

/**
 * When something is done by itself, as the controller of CronJobs reads it.
 *
 * @param schedules each as cron writes it; they count as one
 */
public record Timetable(List<String> schedules) {
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, Month.JANUARY, 1);
    private static final int DAYS = 9 * 366; // with three leap days
    private static final int MINUTES_PER_DAY = 24 * 60;

    public Timetable {
        schedules = List.copyOf(schedules);
    }

    /** The longest time between two of its moments; nothing when there are no two. */
    public Duration longestPause() {
        var all = schedules.stream().map(CronFields::of).toList();
        long longest = 0;
        long last = Long.MAX_VALUE;
        for (int day = 0; day < DAYS; day++) {
            var date = FIRST_DAY.plusDays(day);
            var minutes = new BitSet(MINUTES_PER_DAY);
            all.stream().filter(fields -> fields.isOn(date)).forEach(fields -> fields.addMinutes(minutes));
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                long now = (long) day * MINUTES_PER_DAY + minute;
                longest = Math.max(longest, now - last);
                last = now;
            }
        }
        return Duration.ofMinutes(longest);
    }
}
