package streamset.node;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What came of the points of one major version.
 *
 * @param took how long each restore took
 * @param faults what is wrong with those that are not exact
 */
record Restored(int major, List<Point> points, List<Duration> took, List<String> faults) {
    static final List<String> HEADING = List.of(
            "PostgreSQL", "points", "exact", "rows at the last", "on their way at most", "restore, median", "at most");

    int exact() {
        return points.size() - faults.size();
    }

    /** A line of the table. */
    List<String> columns() {
        return List.of(
                Integer.toString(major),
                Integer.toString(points.size()),
                Integer.toString(exact()),
                Integer.toString(points.get(points.size() - 1).least().cardinality()),
                Integer.toString(
                        points.stream().mapToInt(Point::onTheirWay).max().orElse(0)),
                seconds(took.stream().sorted().toList().get(took.size() / 2)),
                seconds(took.stream().max(Comparator.naturalOrder()).orElseThrow()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
