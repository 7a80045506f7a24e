package streamset.bench;

import java.util.List;
import java.util.Locale;
import streamset.units.ByteSize;

/**
 * What one combination came to.
 *
 * @param space what the program counts on for pg_wal
 * @param bound the most that the program says pg_wal grows to
 * @param available what the servers' user could fill of the empty volume
 * @param written WAL in all
 * @param seconds that the load ran
 * @param peak the largest sum of the sizes of the files of pg_wal
 * @param used the most that was taken of the volume
 * @param full whether the volume ran full
 */
record Measurement(
        Combination combination,
        ByteSize space,
        ByteSize bound,
        ByteSize available,
        ByteSize written,
        double seconds,
        ByteSize peak,
        ByteSize used,
        boolean full) {

    static final int ENOUGH = 3; // times the bound: the files of pg_wal have been through several checkpoints
    private static final int LEAST = 2; // times the bound, on a machine too slow for that

    /** The heading of the table, in Markdown. */
    static String heading() {
        var names = line(
                "PostgreSQL",
                "memory",
                "volume",
                "segment",
                "disk",
                "load",
                "WAL/s",
                "WAL in all",
                "space",
                "bound",
                "peak",
                "peak/bound",
                "volume's peak",
                "");
        return names + "\n" + "|--:".repeat(4) + "|---".repeat(2) + "|--:".repeat(7) + "|---|";
    }

    @Override
    public String toString() {
        return line(
                Integer.toString(combination.major()),
                combination.memory(),
                combination.volume(),
                combination.segmentSize(),
                combination.disk().toString(),
                combination.load().toString(),
                String.format(Locale.ROOT, "%.0f MB", written.megabytes() / seconds),
                written.toString(),
                space.toString(),
                bound.toString(),
                peak.toString(),
                Math.round(100.0 * peak.bytes() / bound.bytes()) + " %",
                used.toString(),
                verdict());
    }

    private static String line(String... columns) {
        return "| " + String.join(" | ", List.of(columns)) + " |";
    }

    boolean asExpected() {
        return combination.capped() ? verdict().equals("holds") : isOver();
    }

    private boolean isOver() {
        return full || peak.compareTo(bound) > 0;
    }

    private String verdict() {
        if (!combination.capped()) {
            return isOver()
                    ? "no cap on slots: over, as it must be" + (full ? "; volume full" : "")
                    : "NO CAP, NOT OVER";
        }
        if (full) {
            return "VOLUME FULL";
        }
        if (peak.compareTo(bound) > 0) {
            return "OVER THE BOUND";
        }
        if (bound.compareTo(space) > 0 || space.compareTo(available) > 0) {
            return "MORE SPACE COUNTED ON THAN THERE IS";
        }
        return written.bytes() < LEAST * bound.bytes() ? "TOO LITTLE WRITTEN" : "holds";
    }
}
