package streamset.conf;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;
import streamset.sizing.Budgets;
import streamset.sizing.MemoryBudget;
import streamset.sizing.MemoryNeeds;
import streamset.sizing.WalBudget;
import streamset.units.ByteSize;

/**
 * Whether what people wrote fits into memory and volumes. What does not is refused with the sum and with what would fit.
 *
 * @param checked the values that hold, by name
 */
record BudgetChecks(Map<String, CheckedSetting> checked, Problems problems) {
    private static final int KILOBYTE = 1024; // in which PostgreSQL counts these sizes
    private static final List<String> WAL_PARAMETERS =
            List.of("wal_keep_size", "max_slot_wal_keep_size", "max_wal_size");

    void check(Budgets budgets) {
        wal(budgets.wal());
        memory(budgets.memory());
    }

    private void wal(WalBudget wal) {
        if (wal.fits()) {
            return;
        }
        var space = wal.space();
        var sum = "pg_wal can outgrow its space:\n" + wal.sum().text("the most that pg_wal grows to") + "\n" + "of "
                + space.size().megabytes() + " MB = " + space.words();
        var grow = set(space.key(), wal.smallestVolume());
        largest(WAL_PARAMETERS)
                .ifPresentOrElse(
                        written -> problems.add(
                                written.subject(),
                                written.shown(),
                                sum,
                                grow + ", the smallest that does; or keep less WAL"),
                        () -> problems.add(
                                StackConfig.NAMESPACE + ":" + space.key(),
                                space.volume().quantity(),
                                sum,
                                grow + ", the smallest that does"));
    }

    private Optional<WrittenSetting> largest(List<String> names) {
        return names.stream()
                .map(checked::get)
                .filter(Objects::nonNull)
                .max(Comparator.comparingDouble(CheckedSetting::number))
                .map(CheckedSetting::written);
    }

    private void memory(MemoryBudget memory) {
        if (memory.fits()) {
            return;
        }
        var sum = "the container would be killed when all processes take what they may:\n"
                + memory.use().sum().text("the worst case") + "\n" + "of "
                + memory.limit().megabytes()
                + " MB = streamset:resources.memory";
        var grow = memory.smallestLimit().map(limit -> set("resources.memory", limit) + ", the smallest that does");
        var helpful = MemoryNeeds.PARAMETERS.stream()
                .map(checked::get)
                .filter(Objects::nonNull)
                .filter(value -> largest(memory, value).isPresent())
                .toList();
        if (helpful.isEmpty()) {
            problems.add(
                    StackConfig.NAMESPACE + ":resources.memory",
                    memory.limit().quantity(),
                    sum,
                    grow.orElse("set less of " + String.join(", ", MemoryNeeds.PARAMETERS)));
            return;
        }
        var fixes = helpful.stream()
                .map(value -> value.written().replacement(largest(memory, value).get()) + ", the largest that fits");
        var written = helpful.get(0).written();
        problems.add(
                written.subject(),
                written.shown(),
                sum,
                Stream.concat(fixes, grow.stream()).collect(Collectors.joining("\nor ")));
    }

    /** The largest value that fits while everything else stays, as postgresql.conf takes it, if it takes it. */
    private static Optional<String> largest(MemoryBudget memory, CheckedSetting value) {
        boolean size = value.parameter().isSize();
        var largest = memory.largest(value.written().name(), size ? KILOBYTE : 1);
        if (largest.isEmpty() || value.number() < 0) {
            return Optional.empty();
        }
        long number = (long) largest.getAsDouble();
        return Optional.of(size ? new ByteSize(number).postgres() : Long.toString(number))
                .filter(value.parameter()::takes);
    }

    private static String set(String path, ByteSize size) {
        int last = path.lastIndexOf('.') + 1;
        var section = StackConfig.NAMESPACE + ":" + path.substring(0, last);
        return new ConfigCommand(section, path.substring(last), false).set(size.quantity());
    }
}
