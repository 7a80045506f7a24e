package streamset.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Keys;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.Budgets;
import streamset.sizing.WalBudget;
import streamset.sizing.WalSpace;
import streamset.units.ByteSize;

/**
 * Whether pg_wal fits into its space. If not, what is written is refused, with the sum and with what would fit.
 *
 * @param taken the written settings that the servers accept
 */
record WalChecks(WrittenSettings taken, StackConfig config, Optional<ByteSize> hugePages, Problems problems) {
    private static final int LEAST_SEGMENTS = 2; // of max_wal_size and min_wal_size: PostgreSQL's limit
    private static final List<ParameterName> WAL_PARAMETERS = List.of(
            ParameterName.WAL_KEEP_SIZE,
            ParameterName.MAX_SLOT_WAL_KEEP_SIZE,
            ParameterName.MAX_WAL_SIZE,
            ParameterName.MIN_WAL_SIZE);

    void check(WalBudget wal) {
        if (wal.fits()) {
            return;
        }
        var space = wal.space();
        var sum = "pg_wal can outgrow its space:\n" + wal.sum().text("the most that pg_wal grows to") + "\n" + "of "
                + space.size().megabytes() + " MB = " + space.words();
        var grow = new Keys(problems)
                        .set(
                                space.key(),
                                Budgets.smallestVolume(config, space, hugePages, taken.overrides())
                                        .quantity())
                + "   (the smallest that does)";
        var lower = WAL_PARAMETERS.stream().flatMap(name -> lowered(name, space).stream());
        var fix = Stream.of(Stream.of(grow), shorterOutage(space).stream(), lower)
                .flatMap(fixes -> fixes)
                .collect(Collectors.joining("\nor "));
        largest()
                .ifPresentOrElse(
                        written -> problems.add(written.subject(), written.shown(), sum, fix),
                        () -> problems.add(
                                StackConfig.NAMESPACE + ":" + space.key(),
                                space.volume().quantity(),
                                sum,
                                fix));
    }

    /** How long the archive may be away so that pg_wal fits; empty where nobody says it, or when it may not at all. */
    private Optional<String> shorterOutage(WalSpace space) {
        return config.wal()
                .rate()
                .filter(rate -> space.queue().bytes() > 0)
                .flatMap(rate -> Budgets.largestQueue(config, space, hugePages, taken.overrides())
                        .map(queue -> queue.bytes() / rate.bytes()))
                .filter(seconds -> seconds > 0)
                .map(seconds -> new Keys(problems).set("backup.outage", seconds + "s") + "   (the longest that fits)");
    }

    /** How to lower a size so that pg_wal fits; empty when nobody wrote it, or when that is not enough. */
    private Optional<String> lowered(ParameterName name, WalSpace space) {
        return taken.get(name)
                .flatMap(written -> Budgets.largestThatFits(
                                config, space, hugePages, taken.overrides(), name, leastWal(name), new ByteSize((long)
                                        Math.max(0, written.number())))
                        .flatMap(most -> written.lowered(most, config.wal().keep())))
                .map(fix -> fix + "   (the largest that fits)");
    }

    /** Less would be refused, or would keep no whole segment. */
    private ByteSize leastWal(ParameterName name) {
        var segment = config.wal().segmentSize();
        return switch (name) {
            case WAL_KEEP_SIZE, MAX_SLOT_WAL_KEEP_SIZE -> segment;
            case MAX_WAL_SIZE ->
                taken.overrides()
                        .size(ParameterName.MIN_WAL_SIZE)
                        .map(segment.times(LEAST_SEGMENTS)::max)
                        .orElse(segment.times(LEAST_SEGMENTS));
            default -> segment.times(LEAST_SEGMENTS);
        };
    }

    private Optional<WrittenSetting> largest() {
        return WAL_PARAMETERS.stream()
                .flatMap(name -> taken.get(name).stream())
                .max(Comparator.comparingDouble(WrittenSetting::number));
    }
}
