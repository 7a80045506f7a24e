package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.plan.Table;

/**
 * Whether a restore has exactly the rows of its point: those that were acknowledged before it, and none that was sent after it.
 * Many points, on every major version. Not a test: {@code make bench-restore} starts it.
 */
@Tag("bench")
class RestoreBench {
    private static final String MAJORS = "14,15,16,17,18";
    private static final int TIMES = 20;
    private static final int POSITIONS = 4;
    private static final int NAMES = 4;

    @Test
    void isExactAtEveryPoint() {
        long seed =
                Long.parseLong(setting("SEED", Long.toString(Math.floorMod(System.currentTimeMillis(), 1_000_000L))));
        System.out.println("SEED=" + seed + " makes the same moments");
        var rows = new ArrayList<>(List.of(Restored.HEADING));
        var faults = new ArrayList<String>();
        int passed = 0;
        for (String major : setting("VERSIONS", MAJORS).split(",")) {
            var restored = restore(Integer.parseInt(major.strip()), new Random(seed));
            rows.add(restored.columns());
            faults.addAll(restored.faults());
            passed += restored.exact();
            System.out.print(Table.text(List.of(Restored.HEADING, restored.columns())));
        }
        System.out.print("\n" + Table.text(rows));
        System.out.println(passed + " passed, " + faults.size() + " failed");
        assertEquals(List.of(), faults);
    }

    private static String setting(String name, String otherwise) {
        return Stream.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(otherwise);
    }

    private static Restored restore(int major, Random random) {
        try (var pair = ArchivedPair.of(Programs.of(major))) {
            var types = WrittenCluster.types(TIMES, POSITIONS, NAMES, random);
            var points = WrittenCluster.live(pair, types, random);
            var took = new ArrayList<Duration>();
            var faults = new ArrayList<String>();
            for (var point : points) {
                try {
                    took.add(pair.restore(pair.second(), point.type(), point.target()));
                    var server = pair.second().initAndStart();
                    var difference = point.difference(WrittenCluster.rows(pair.second()));
                    server.interrupt();
                    if (!difference.isEmpty()) {
                        faults.add(major + ", " + point + ": " + difference);
                    }
                } catch (AssertionError e) {
                    faults.add(major + ", " + point + ": " + e.getMessage());
                }
            }
            return new Restored(major, points, took, faults);
        }
    }
}
