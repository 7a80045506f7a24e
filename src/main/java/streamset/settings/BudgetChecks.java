package streamset.settings;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.Parameter;
import streamset.catalog.ParameterName;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;
import streamset.sizing.Budgets;
import streamset.sizing.MemoryBudget;
import streamset.sizing.MemoryNeeds;
import streamset.sizing.WalBudget;
import streamset.units.ByteSize;

/**
 * Whether the written settings fit into memory and volumes. If not, they are refused, with the sum and with what would fit.
 *
 * @param taken the written settings that the servers accept
 */
record BudgetChecks(WrittenSettings taken, Problems problems) {
    private static final int KILOBYTE = 1024; // nobody writes smaller steps
    private static final int BANK = 16; // pages: the sizes of these caches are multiples of it
    private static final Set<ParameterName> IN_BANKS = EnumSet.of(
            ParameterName.TRANSACTION_BUFFERS,
            ParameterName.SUBTRANSACTION_BUFFERS,
            ParameterName.COMMIT_TIMESTAMP_BUFFERS,
            ParameterName.MULTIXACT_MEMBER_BUFFERS,
            ParameterName.MULTIXACT_OFFSET_BUFFERS,
            ParameterName.NOTIFY_BUFFERS,
            ParameterName.SERIALIZABLE_BUFFERS);
    private static final List<ParameterName> WAL_PARAMETERS =
            List.of(ParameterName.WAL_KEEP_SIZE, ParameterName.MAX_SLOT_WAL_KEEP_SIZE, ParameterName.MAX_WAL_SIZE);

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
                                grow + "   (the smallest that does; or keep less WAL)"),
                        () -> problems.add(
                                StackConfig.NAMESPACE + ":" + space.key(),
                                space.volume().quantity(),
                                sum,
                                grow + "   (the smallest that does)"));
    }

    private Optional<WrittenSetting> largest(List<ParameterName> names) {
        return names.stream()
                .flatMap(name -> taken.get(name).stream())
                .max(Comparator.comparingDouble(WrittenSetting::number));
    }

    private void memory(MemoryBudget memory) {
        if (memory.fits()) {
            return;
        }
        var sum = "the container would be killed if all processes used what they may:\n"
                + memory.use().sum().text("the worst case") + "\n" + "of "
                + memory.limit().megabytes()
                + " MB = streamset:resources.memory";
        var grow = memory.smallestLimit().map(limit -> set("resources.memory", limit) + "   (the smallest that does)");
        var helpful = MemoryNeeds.PARAMETERS.stream()
                .filter(name -> smaller(name, memory).isPresent())
                .toList();
        if (helpful.isEmpty()) {
            problems.add(
                    StackConfig.NAMESPACE + ":resources.memory",
                    memory.limit().quantity(),
                    sum,
                    grow.orElse("set less of "
                            + MemoryNeeds.PARAMETERS.stream()
                                    .filter(name -> taken.get(name).isPresent())
                                    .map(ParameterName::toString)
                                    .collect(Collectors.joining(", "))));
            return;
        }
        var written = taken.get(helpful.get(0)).orElseThrow();
        var fixes = helpful.stream().flatMap(name -> smaller(name, memory).stream());
        problems.add(
                written.subject(),
                written.shown(),
                sum,
                Stream.concat(fixes, grow.stream()).collect(Collectors.joining("\nor ")));
    }

    /** How to lower a parameter; empty when nobody wrote it, or when that does not help. */
    private Optional<String> smaller(ParameterName name, MemoryBudget memory) {
        return taken.get(name)
                .flatMap(written -> largest(name, memory, written.setting())
                        .map(value -> written.replacement(value) + "   (the largest that fits)"));
    }

    /** The largest value that fits while everything else stays, in the form of postgresql.conf, if PostgreSQL accepts it. */
    private static Optional<String> largest(ParameterName name, MemoryBudget memory, Setting setting) {
        var largest = memory.largest(name, step(name, setting));
        if (largest.isEmpty() || setting.number() < 0) {
            return Optional.empty();
        }
        long number = (long) largest.getAsDouble();
        return Optional.of(setting.isSize() ? new ByteSize(number).postgres() : Long.toString(number))
                .filter(value -> setting.parameter().orElseThrow().takes(value));
    }

    /** The difference between two distinct values of PostgreSQL, in bytes; 1 for a parameter that is not a size. */
    private static long step(ParameterName name, Setting setting) {
        return setting.parameter()
                .filter(Parameter::isSize)
                .map(Parameter::unitBytes)
                .map(unit -> Math.max(KILOBYTE, IN_BANKS.contains(name) ? unit * BANK : unit))
                .orElse(1L);
    }

    private static String set(String path, ByteSize size) {
        int last = path.lastIndexOf('.') + 1;
        var section = StackConfig.NAMESPACE + ":" + path.substring(0, last);
        return new ConfigCommand(section, path.substring(last), false).set(size.quantity());
    }
}
