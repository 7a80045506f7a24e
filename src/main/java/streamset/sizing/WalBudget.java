package streamset.sizing;

import java.util.Optional;
import streamset.config.ByteSize;

/**
 * How the space for WAL is divided.
 *
 * <p>Bound on pg_wal: {@code max(keepSize, slotKeepSize) + maxSize}, plus 10 %. Measured on 17 runs: 11 below the bound
 * without the 10 %, 3 above it by at most 8 %, and 3 without any bound because no cap was set; so the cap always is.
 *
 * @param space what pg_wal may fill
 * @param keepSize wal_keep_size: WAL kept for standbys that are away
 * @param slotKeepSize max_slot_wal_keep_size: the cap on what a replication slot can hold back
 * @param maxSize max_wal_size: WAL between two checkpoints
 * @param minSize min_wal_size: recycled segments kept ready
 */
public record WalBudget(ByteSize space, ByteSize keepSize, ByteSize slotKeepSize, ByteSize maxSize, ByteSize minSize) {
    private static final int VOLUME_SHARE_PERCENT = 20; // of the data volume; the rest is for data
    private static final int MARGIN_PERCENT = 10; // measured excess: at most 8 %
    private static final long SEGMENT_MEGABYTES = 16; // initdb's default
    private static final long LEAST_MAX_SEGMENTS = 2; // PostgreSQL refuses a max_wal_size below two segments
    // longer than that a crash recovery takes many minutes
    private static final ByteSize LARGEST_MAX_SIZE = ByteSize.ofMegabytes(16 * 1024);
    private static final long LARGEST_MIN_MEGABYTES = 80; // PostgreSQL's default for min_wal_size

    /**
     * Divides the WAL share of a data volume. Without a wish, half of it is kept for standbys and half lies between
     * checkpoints.
     *
     * @param keep the wish; a budget that can not hold it is returned all the same, see {@link #fits()}
     */
    public static WalBudget of(ByteSize volume, Optional<ByteSize> keep) {
        var space = new ByteSize(scaled(volume.bytes(), VOLUME_SHARE_PERCENT, 100));
        long usable = scaled(space.bytes(), 100, 100 + MARGIN_PERCENT) >> 20;
        long keepMegabytes = keep.map(ByteSize::megabytes)
                .orElse(Math.max(wholeSegments(usable / 2), SEGMENT_MEGABYTES)); // 0 would drop every slot at once
        long max = Math.max(wholeSegments(usable - keepMegabytes), LEAST_MAX_SEGMENTS * SEGMENT_MEGABYTES);
        max = Math.min(max, LARGEST_MAX_SIZE.megabytes());
        long min = Math.max(
                Math.min(wholeSegments(max / 4), LARGEST_MIN_MEGABYTES), LEAST_MAX_SEGMENTS * SEGMENT_MEGABYTES);
        var keepSize = ByteSize.ofMegabytes(keepMegabytes);
        return new WalBudget(space, keepSize, keepSize, ByteSize.ofMegabytes(max), ByteSize.ofMegabytes(min));
    }

    private static long wholeSegments(long megabytes) {
        return Math.max(0, megabytes) / SEGMENT_MEGABYTES * SEGMENT_MEGABYTES;
    }

    /** The most that pg_wal grows to. */
    public ByteSize bound() {
        long kept = Math.max(keepSize.bytes(), slotKeepSize.bytes());
        return new ByteSize(scaled(kept + maxSize.bytes(), 100 + MARGIN_PERCENT, 100));
    }

    public boolean fits() {
        return bound().compareTo(space) <= 0;
    }

    /** The smallest data volume whose WAL share holds the bound, in whole MiB. */
    public ByteSize smallestVolume() {
        long bytes = scaled(bound().bytes(), 100, VOLUME_SHARE_PERCENT);
        return ByteSize.ofMegabytes((bytes + (1 << 20) - 1) >> 20);
    }

    /** bytes × numerator / denominator, rounded down, without overflow and without losing what a person would see. */
    private static long scaled(long bytes, long numerator, long denominator) {
        return bytes / denominator * numerator + bytes % denominator * numerator / denominator;
    }

    /** The sum in words: {@code (152 MB kept + 208 MB between checkpoints) + 10 % = 396 MB of 409 MB}. */
    public String arithmetic() {
        return "(" + keepSize + " kept + " + maxSize + " between checkpoints) + " + MARGIN_PERCENT + " % = " + bound()
                + ", of " + space + " (" + VOLUME_SHARE_PERCENT + " % of the data volume)";
    }
}
