package streamset.config;

import java.util.Optional;
import streamset.units.ByteSize;
import streamset.units.LikelyAmount;

/**
 * What a stack declares about WAL.
 *
 * @param keep WAL to keep for standbys that are away; empty when it is computed from the space
 * @param segmentSize size of a WAL file, passed to initdb
 * @param sharePercent what WAL may fill of the data volume, if it is there
 * @param rate the WAL that is written in a second; empty when nobody says it
 */
public record Wal(Optional<KeptWal> keep, ByteSize segmentSize, int sharePercent, Optional<ByteSize> rate) {
    private static final ByteSize DEFAULT_SEGMENT = ByteSize.ofMegabytes(16); // initdb's
    private static final int LARGEST_SEGMENT_MEGABYTES = 1024; // initdb's limit
    private static final int DEFAULT_SHARE_PERCENT = 20; // the rest is for data
    private static final int LEAST_SHARE_PERCENT = 5;
    private static final int LARGEST_SHARE_PERCENT = 80; // more leaves no room for data

    /**
     * Reads the object {@code streamset:wal}.
     *
     * @param archived whether WAL goes to an archive
     */
    static Wal read(Section fields, boolean archived) {
        var segmentSize =
                fields.value("segmentSize", Wal::segmentSize, DEFAULT_SEGMENT, "16MB", LikelyAmount::postgres);
        int share = fields.value("share", Wal::share, DEFAULT_SHARE_PERCENT, "20%", LikelyAmount::percentage);
        var rate = KeptWal.rate(fields);
        return new Wal(KeptWal.read(fields, segmentSize, rate, archived), segmentSize, share, rate);
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
}
