package streamset.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import streamset.units.ByteSize;
import streamset.units.LikelyAmount;

/**
 * What a stack declares about WAL.
 *
 * @param keep WAL to keep for standbys that are away; empty when it is computed from the space
 * @param segmentSize size of a WAL file, passed to initdb
 * @param sharePercent what WAL may fill of the data volume, if it is there
 */
public record Wal(Optional<Keep> keep, ByteSize segmentSize, int sharePercent) {

    /**
     * How much WAL to keep.
     *
     * @param key the field of {@code streamset:wal} that sets it
     * @param words the declared value: {@code 152MB}, {@code 8 segments of 16 MB}
     */
    public record Keep(ByteSize size, String key, String words) {}

    private static final ByteSize DEFAULT_SEGMENT = ByteSize.ofMegabytes(16); // initdb's
    private static final int LARGEST_SEGMENT_MEGABYTES = 1024; // initdb's limit
    private static final int DEFAULT_SHARE_PERCENT = 20; // the rest is for data
    private static final int LEAST_SHARE_PERCENT = 5;
    private static final int LARGEST_SHARE_PERCENT = 80; // more leaves no room for data
    private static final int MOST_SEGMENTS = 1_000_000;
    private static final ByteSize LARGEST_RATE = ByteSize.ofMegabytes(100 * 1024); // beyond any machine
    private static final Duration LONGEST_OUTAGE = Duration.ofDays(365);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})\\s*(s|m|min|h|d)");

    /** Reads the object {@code streamset:wal}. */
    static Wal read(Section fields) {
        var segmentSize = fields.value("segmentSize", Wal::segmentSize, DEFAULT_SEGMENT, "16MB", LikelyAmount::postgres);
        int share = fields.value("share", Wal::share, DEFAULT_SHARE_PERCENT, "20%", LikelyAmount::percentage);
        return new Wal(keep(fields, segmentSize), segmentSize, share);
    }

    private static ByteSize segmentSize(String text) {
        var size = ByteSize.parsePostgres(text);
        long megabytes = size.megabytes();
        if (size.bytes() != megabytes << 20 || megabytes > LARGEST_SEGMENT_MEGABYTES || Long.bitCount(megabytes) != 1) {
            throw new IllegalArgumentException("must be a power of two, 1MB … 1024MB: initdb accepts no other");
        }
        return size;
    }

    private static int share(String text) {
        var digits = text.replaceFirst("\\s*%$", "");
        if (digits.matches("\\d{1,2}")) {
            int percent = Integer.parseInt(digits);
            if (percent >= LEAST_SHARE_PERCENT && percent <= LARGEST_SHARE_PERCENT) {
                return percent;
            }
        }
        throw new IllegalArgumentException(
                "must be a percentage, " + LEAST_SHARE_PERCENT + "% … " + LARGEST_SHARE_PERCENT + "%");
    }

    private static Optional<Keep> keep(Section fields, ByteSize segmentSize) {
        var size = fields.value(
                "keepSize",
                text -> Optional.of(new Keep(ByteSize.parsePostgres(text), "keepSize", text)),
                Optional.<Keep>empty(),
                "152MB",
                LikelyAmount::postgres);
        var segments = fields.value(
                "keepSegments", text -> Optional.of(segments(text, segmentSize)), Optional.<Keep>empty(), "8");
        var outage = outage(fields);
        rejectTogether(fields, "keepSegments", "keepSize", "both say how much WAL is kept; only one can apply");
        for (var key : List.of("keepSize", "keepSegments")) {
            rejectTogether(fields, "standbyOutage", key, "both say how much WAL is kept; only one can apply");
        }
        return size.or(() -> segments).or(() -> outage);
    }

    private static Keep segments(String text, ByteSize segmentSize) {
        if (!text.matches("\\d{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "must be a whole number of WAL segments of " + segmentSize + ", 1 … " + MOST_SEGMENTS);
        }
        int segments = Integer.parseInt(text);
        return new Keep(
                new ByteSize(segments * segmentSize.bytes()), "keepSegments", segments + " segments of " + segmentSize);
    }

    private static Optional<Keep> outage(Section fields) {
        var outage = fields.value(
                "standbyOutage",
                text -> Optional.of(duration(text)),
                Optional.<Duration>empty(),
                "30m",
                LikelyAmount::time);
        var rate = fields.value(
                "writeRate",
                text -> Optional.of(writeRate(text)),
                Optional.<ByteSize>empty(),
                "2MB",
                LikelyAmount::postgres);
        requireBoth(fields, "standbyOutage", "writeRate", "2MB");
        requireBoth(fields, "writeRate", "standbyOutage", "30m");
        return outage.flatMap(time -> rate.map(perSecond -> new Keep(
                new ByteSize(time.toSeconds() * perSecond.bytes()),
                "standbyOutage",
                words(time) + " × " + perSecond + "/s")));
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

    private static Duration duration(String text) {
        var matcher = TIME.matcher(text.strip());
        if (matcher.matches()) {
            long number = Integer.parseInt(matcher.group(1));
            var time = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofMinutes(number);
            };
            if (!time.isZero() && time.compareTo(LONGEST_OUTAGE) <= 0) {
                return time;
            }
        }
        throw new IllegalArgumentException("must be a time such as 90s, 30m, 2h or 1d, at most 365d");
    }

    private static String words(Duration time) {
        if (time.toHours() > 0 && time.equals(Duration.ofHours(time.toHours()))) {
            return time.toHours() + " h";
        }
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
