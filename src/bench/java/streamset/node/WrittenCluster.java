package streamset.node;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The life of a cluster that clients write to all the time: base backups of both kinds, a promotion in the middle, and points
 * at random moments before and after all of it. At its end the archive has everything.
 */
final class WrittenCluster {
    private static final int LONGEST_PAUSE_MILLISECONDS = 2000; // between two points
    private static final String ROWS = "SELECT string_agg(id::text, ' ') FROM row";

    private final ArchivedPair pair;
    private final Random random;
    private final List<Point> points = new ArrayList<>();
    private Pod primary;

    private WrittenCluster(ArchivedPair pair, Random random) {
        this.pair = pair;
        this.random = random;
        this.primary = pair.first();
    }

    /** Its points, in the order of their moments. Afterwards all servers have ended. */
    static List<Point> live(ArchivedPair pair, List<Point.Type> types, Random random) {
        return new WrittenCluster(pair, random).live(types);
    }

    /** The rows that a server has. */
    static BitSet rows(Pod pod) {
        var ids = new BitSet();
        for (String id : pod.ask(ROWS).split(" ")) {
            ids.set(Integer.parseInt(id));
        }
        return ids;
    }

    /** In any order. */
    static List<Point.Type> types(int times, int positions, int names, Random random) {
        var types = new ArrayList<>(Collections.nCopies(times, Point.Type.TIME));
        types.addAll(Collections.nCopies(positions, Point.Type.LSN));
        types.addAll(Collections.nCopies(names, Point.Type.NAME));
        Collections.shuffle(types, random);
        return types;
    }

    private List<Point> live(List<Point.Type> types) {
        var first = pair.first().initAndStart();
        pair.pods().job("replicator.sh").mustSucceed();
        var second = pair.second().initAndStart();
        pair.first().awaitStandby(pair.second());
        pair.first().ask(RowWriters.TABLE);
        var archivers =
                List.of(pair.archive().archiver(pair.first()), pair.archive().archiver(pair.second()));
        pair.archive().awaitBackup(archivers.get(0), "full");
        try (var writers = RowWriters.start(pair.pods(), random.nextLong())) {
            Await.pause(Duration.ofMillis(1100)); // pgBackRest compares whole seconds
            int part = types.size() / 4;
            take(types.subList(0, part), writers);
            var early = pair.archive().job(primary, "incremental");
            take(types.subList(part, 2 * part), writers);
            early.mustSucceed(ArchivedPair.LIMIT);
            promote(writers);
            take(types.subList(2 * part, 3 * part), writers);
            var full = pair.archive().job(primary, "full");
            take(types.subList(3 * part, types.size()), writers);
            full.mustSucceed(ArchivedPair.LIMIT);
            pair.archive().job(primary, "incremental").mustSucceed(ArchivedPair.LIMIT);
        }
        archivers.forEach(Container::requestEnd);
        second.interrupt();
        first.interrupt();
        archivers.forEach(Container::mustSucceed);
        return points;
    }

    /** Every other one while rows are on their way. */
    private void take(List<Point.Type> types, RowWriters writers) {
        try (var connection = primary.connect("postgres", pair.pods().password("postgres"))) {
            for (var type : types) {
                Await.pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLISECONDS)));
                points.add(
                        points.size() % 2 == 0
                                ? writers.betweenRows(() -> type.now(connection, writers.rows()))
                                : type.now(connection, writers.rows()));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void promote(RowWriters writers) {
        pair.pods().primary(1);
        pair.pods().job("handover.sh").mustSucceed();
        primary = pair.second();
        writers.betweenRows(() -> {
            writers.rows().settle(rows(primary));
            return primary;
        });
    }
}
