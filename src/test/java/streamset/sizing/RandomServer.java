package streamset.sizing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * A server with some of the parameters that cost shared memory set at random: small, as people write them, and absurd.
 *
 * @param numbers as the arithmetic has them
 * @param settings the same as {@code name=value}
 */
record RandomServer(ServerNumbers numbers, List<String> settings) {
    /**
     * One parameter.
     *
     * @param most the largest value, in units; the server starts with all of them at once
     * @param unit bytes of one, or 1
     * @param step values are multiples of it
     */
    private record Range(ParameterName name, int since, long least, long most, int unit, int step) {
        static Range counts(ParameterName name, long least, long most) {
            return new Range(name, 14, least, most, 1, 1);
        }

        static Range pages(ParameterName name, int since, long least, long most, int step) {
            return new Range(name, since, least, most, 8192, step);
        }

        private void set(long value, Map<ParameterName, Double> values, List<String> settings) {
            values.put(name, (double) value * unit);
            settings.add(name + "=" + value);
        }

        /** As likely between 10 and 100 as between 1000 and 10,000. */
        long value(Random random) {
            double exponent = random.nextDouble() * Math.log((double) Math.max(1, most) / Math.max(1, least));
            long value = Math.min(most, Math.round(Math.max(1, least) * Math.exp(exponent)));
            return Math.max(least, value / step * step);
        }
    }

    private static final ByteSize SEGMENT = ByteSize.ofMegabytes(16);
    private static final int LARGEST_CACHE = 131_072; // pages
    private static final List<Range> RANGES = List.of(
            Range.counts(ParameterName.MAX_CONNECTIONS, 10, 60_000),
            Range.counts(ParameterName.MAX_WORKER_PROCESSES, 0, 60_000),
            Range.counts(ParameterName.MAX_WAL_SENDERS, 0, 60_000),
            Range.counts(ParameterName.AUTOVACUUM_MAX_WORKERS, 1, 60_000),
            new Range(ParameterName.AUTOVACUUM_WORKER_SLOTS, 18, 1, 60_000, 1, 1),
            Range.counts(ParameterName.MAX_PREPARED_TRANSACTIONS, 0, 200_000),
            Range.counts(ParameterName.MAX_LOCKS_PER_TRANSACTION, 10, 1_000_000),
            Range.counts(ParameterName.MAX_PRED_LOCKS_PER_TRANSACTION, 10, 1_000_000),
            Range.counts(ParameterName.MAX_REPLICATION_SLOTS, 0, 200_000),
            Range.counts(ParameterName.MAX_LOGICAL_REPLICATION_WORKERS, 0, 200_000),
            new Range(ParameterName.MAX_ACTIVE_REPLICATION_ORIGINS, 18, 0, 200_000, 1, 1),
            Range.counts(ParameterName.TRACK_ACTIVITY_QUERY_SIZE, 100, 1_048_576),
            new Range(ParameterName.MIN_DYNAMIC_SHARED_MEMORY, 14, 0, 100_000, 1 << 20, 1),
            Range.counts(ParameterName.PG_STAT_STATEMENTS_MAX, 100, 10_000_000),
            Range.counts(ParameterName.HOT_STANDBY, 0, 1),
            Range.pages(ParameterName.SHARED_BUFFERS, 14, 16, 100_000_000, 1),
            Range.pages(ParameterName.WAL_BUFFERS, 14, 4, 262_143, 1),
            Range.pages(ParameterName.TRANSACTION_BUFFERS, 17, 0, LARGEST_CACHE / 2, 16),
            Range.pages(ParameterName.SUBTRANSACTION_BUFFERS, 17, 0, LARGEST_CACHE, 16),
            Range.pages(ParameterName.COMMIT_TIMESTAMP_BUFFERS, 17, 0, LARGEST_CACHE, 16),
            Range.pages(ParameterName.MULTIXACT_MEMBER_BUFFERS, 17, 16, LARGEST_CACHE, 16),
            Range.pages(ParameterName.MULTIXACT_OFFSET_BUFFERS, 17, 16, LARGEST_CACHE, 16),
            Range.pages(ParameterName.NOTIFY_BUFFERS, 17, 16, LARGEST_CACHE, 16),
            Range.pages(ParameterName.SERIALIZABLE_BUFFERS, 17, 16, LARGEST_CACHE, 16),
            new Range(ParameterName.IO_MAX_CONCURRENCY, 18, 1, 1024, 1, 1),
            Range.pages(ParameterName.IO_MAX_COMBINE_LIMIT, 18, 1, 128, 1));

    /** Few parameters as often as all of them. */
    static RandomServer of(int version, Random random) {
        double share = random.nextDouble();
        var values = new LinkedHashMap<ParameterName, Double>();
        var settings = new ArrayList<String>();
        for (var range : RANGES) {
            if (version >= range.since() && random.nextDouble() < share) {
                range.set(range.value(random), values, settings);
            }
        }
        return loaded(version, values, settings, random.nextBoolean());
    }

    /** No settings, all at their minimum, all at their maximum. */
    static List<RandomServer> edges(int version) {
        return List.of(
                edge(version, List.of(), Range::least),
                edge(version, RANGES, Range::least),
                edge(version, RANGES, Range::most));
    }

    private static RandomServer edge(int version, List<Range> ranges, ToLongFunction<Range> value) {
        var values = new LinkedHashMap<ParameterName, Double>();
        var settings = new ArrayList<String>();
        for (var range : ranges) {
            if (version >= range.since()) {
                range.set(value.applyAsLong(range) / range.step() * range.step(), values, settings);
            }
        }
        return loaded(version, values, settings, !ranges.isEmpty());
    }

    private static RandomServer loaded(
            int version, Map<ParameterName, Double> values, List<String> settings, boolean statements) {
        Set<String> libraries = statements ? Set.of("pg_stat_statements", "pg_prewarm") : Set.of();
        settings.add(ParameterName.SHARED_PRELOAD_LIBRARIES + "=" + String.join(",", libraries));
        return new RandomServer(
                new ServerNumbers(version, SEGMENT, new Overrides(values, libraries)), List.copyOf(settings));
    }

    /** As the program computes it, in bytes. */
    long sharedMemory() {
        return new SharedMemory(numbers).total().bytes();
    }
}
