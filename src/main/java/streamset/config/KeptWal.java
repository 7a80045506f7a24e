package streamset.config;

import java.util.List;
import java.util.Optional;
import streamset.units.ByteSize;
import streamset.units.LikelyAmount;

/**
 * How much WAL to keep.
 *
 * @param key the field of {@code streamset:wal} that sets it
 * @param words the declared value: {@code 152MB}, {@code 8 segments of 16 MB}
 * @param unit what is kept for one more of the field: a megabyte, a segment, the WAL of a second
 */
public record KeptWal(ByteSize size, String key, String words, ByteSize unit) {
    private static final String KEEP_SIZE = "keepSize";
    private static final String KEEP_SEGMENTS = "keepSegments";
    private static final String STANDBY_OUTAGE = "standbyOutage";
    private static final String WRITE_RATE = "writeRate";
    private static final String RATE_EXAMPLE = "2MB";
    private static final ByteSize MEGABYTE = ByteSize.ofMegabytes(1);
    private static final int SECONDS_OF_A_MINUTE = 60;
    private static final int MOST_SECONDS = 999_999; // that a time may be written with
    private static final int MOST_SEGMENTS = 1_000_000;
    private static final ByteSize LARGEST_RATE = ByteSize.ofMegabytes(100 * 1024); // beyond any machine

    /** The largest value of the field that keeps no more than a size; empty when even the least keeps more. */
    public Optional<String> atMost(ByteSize most) {
        long count = most.bytes() / unit.bytes();
        if (count < 1) {
            return Optional.empty();
        }
        return Optional.of(
                switch (key) {
                    case KEEP_SIZE -> count + "MB";
                    case KEEP_SEGMENTS -> Long.toString(count);
                    default -> seconds(count);
                });
    }

    private static String seconds(long count) {
        return count % SECONDS_OF_A_MINUTE == 0 || count > MOST_SECONDS
                ? count / SECONDS_OF_A_MINUTE + "m"
                : count + "s";
    }

    /**
     * Reads the fields of {@code streamset:wal} that say so; empty when none does.
     *
     * @param archived whether the rate of writing has another use as well
     */
    static Optional<KeptWal> read(Section fields, ByteSize segmentSize, Optional<ByteSize> rate, boolean archived) {
        var size = fields.value(
                KEEP_SIZE,
                text -> Optional.of(new KeptWal(ByteSize.parsePostgres(text), KEEP_SIZE, text, MEGABYTE)),
                Optional.<KeptWal>empty(),
                "152MB",
                LikelyAmount::postgres);
        var segments = fields.value(
                KEEP_SEGMENTS, text -> Optional.of(segments(text, segmentSize)), Optional.<KeptWal>empty(), "8");
        var outage = outage(fields, rate, archived);
        rejectTogether(fields, KEEP_SEGMENTS, KEEP_SIZE, "both say how much WAL is kept; only one can apply");
        for (var key : List.of(KEEP_SIZE, KEEP_SEGMENTS)) {
            rejectTogether(fields, STANDBY_OUTAGE, key, "both say how much WAL is kept; only one can apply");
        }
        return size.or(() -> segments).or(() -> outage);
    }

    private static KeptWal segments(String text, ByteSize segmentSize) {
        if (!text.matches("\\d{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "must be a whole number of WAL segments of " + segmentSize + ", 1 … " + MOST_SEGMENTS);
        }
        int segments = Integer.parseInt(text);
        return new KeptWal(
                new ByteSize(segments * segmentSize.bytes()),
                KEEP_SEGMENTS,
                segments + " segments of " + segmentSize,
                segmentSize);
    }

    /** {@code writeRate}: the WAL that is written in a second. */
    static Optional<ByteSize> rate(Section fields) {
        return fields.value(
                WRITE_RATE,
                text -> Optional.of(writeRate(text)),
                Optional.<ByteSize>empty(),
                RATE_EXAMPLE,
                LikelyAmount::postgres);
    }

    private static Optional<KeptWal> outage(Section fields, Optional<ByteSize> rate, boolean archived) {
        var outage = fields.value(
                STANDBY_OUTAGE,
                text -> Optional.of(Outage.parse(text)),
                Optional.<Outage>empty(),
                "30m",
                LikelyAmount::time);
        requireBoth(fields, STANDBY_OUTAGE, WRITE_RATE, RATE_EXAMPLE);
        if (!archived) { // otherwise the rate says how much waits for the archive, and how long a restoration takes
            requireBoth(fields, WRITE_RATE, STANDBY_OUTAGE, "30m");
        }
        return outage.flatMap(time -> rate.map(perSecond -> new KeptWal(
                time.wal(perSecond),
                STANDBY_OUTAGE,
                time.words() + " × " + (perSecond.megabytes() == 0 ? perSecond.postgres() : perSecond) + "/s",
                perSecond)));
    }

    private static void requireBoth(Section fields, String present, String missing, String example) {
        if (fields.names().contains(present) && !fields.names().contains(missing)) {
            fields.problem(
                    missing,
                    Section.NOT_SET,
                    "the kept WAL is standbyOutage × writeRate, and only " + present + " is set",
                    fields.setCommand(missing, example));
        }
    }

    private static void rejectTogether(Section fields, String key, String other, String reason) {
        if (fields.names().contains(key) && fields.names().contains(other)) {
            fields.problem(key, "set together with " + other, reason, fields.removeCommand(key));
        }
    }

    private static ByteSize writeRate(String text) {
        var rate = ByteSize.parsePostgres(text.replaceFirst("\\s*/\\s*s$", ""));
        if (rate.compareTo(LARGEST_RATE) > 0) {
            throw new IllegalArgumentException("must be at most " + LARGEST_RATE.postgres() + " in a second");
        }
        return rate;
    }
}
