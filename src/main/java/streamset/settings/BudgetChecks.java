package streamset.settings;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.Parameter;
import streamset.catalog.ParameterName;
import streamset.config.Keys;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.Budgets;
import streamset.sizing.HugePagesUse;
import streamset.sizing.MemoryBudget;
import streamset.sizing.MemoryNeeds;
import streamset.units.ByteSize;

/**
 * Whether the written settings fit into memory and volumes. If not, they are refused, with the sum and with what would fit.
 *
 * @param taken the written settings that the servers accept
 */
record BudgetChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final int LEAST_CONNECTIONS = 10; // fewer are too few to be suggested
    private static final int SUPERUSER_RESERVED = 3; // PostgreSQL's default
    private static final int KILOBYTE = 1024; // nobody writes smaller steps

    void check(Budgets budgets) {
        new WalChecks(taken, config, budgets.memory().needs().hugePages(), problems).check(budgets.wal());
        memory(budgets);
        budgets.memory().hugePages().filter(pages -> !pages.fits()).ifPresent(this::hugePages);
    }

    private void memory(Budgets budgets) {
        var memory = budgets.memory();
        if (memory.fits()) {
            return;
        }
        var sum = "the container would be killed if every process used its limit:\n"
                + memory.use().sum().text("the worst case") + "\n" + "of "
                + memory.limit().megabytes()
                + " MB = streamset:resources.memory";
        var grow = memory.smallestLimit().map(limit -> larger(memory, limit));
        var fixes = new LinkedHashMap<ParameterName, String>();
        MemoryNeeds.PARAMETERS.forEach(name -> smaller(name, budgets).ifPresent(fix -> fixes.put(name, fix)));
        if (fixes.isEmpty()) {
            problems.add(
                    StackConfig.NAMESPACE + ":resources.memory",
                    memory.limit().quantity(),
                    sum,
                    grow.orElseGet(this::removals));
            return;
        }
        var written = taken.get(fixes.keySet().iterator().next()).orElseThrow();
        problems.add(
                written.subject(),
                written.shown(),
                sum,
                Stream.concat(fixes.values().stream(), grow.stream()).collect(Collectors.joining("\nor ")));
    }

    private void hugePages(HugePagesUse pages) {
        var grow =
                new Keys(problems).set("resources.hugePages", pages.smallest().quantity());
        var shrink = taken.get(ParameterName.SHARED_BUFFERS)
                .filter(written -> pages.largestBuffers().bytes() > 0)
                .map(written ->
                        written.replacement(pages.largestBuffers().postgres()) + "   (the largest that fits)\nor ")
                .orElse("");
        problems.add(
                StackConfig.NAMESPACE + ":resources.hugePages",
                pages.limit().quantity(),
                "no server would start, since its shared memory must fit into its huge pages:\n"
                        + pages.sum().text(pages.result()),
                shrink + grow + "   (the smallest that does)");
    }

    private String larger(MemoryBudget memory, ByteSize limit) {
        return new Keys(problems).set("resources.memory", limit.quantity())
                + (MemoryBudget.of(limit, memory.needs()).gaveWay()
                        ? "   (the smallest that does)"
                        : "   (the smallest with which no computed value has to give way)");
    }

    /** The remedy for values that need more than any amount of memory. */
    private String removals() {
        return MemoryNeeds.PARAMETERS.stream()
                        .flatMap(name -> taken.get(name).stream())
                        .map(WrittenSetting::removal)
                        .collect(Collectors.joining(" and "))
                + "   (then they are computed)";
    }

    /** How to lower a parameter; empty when nobody wrote it, or when that does not help. */
    private Optional<String> smaller(ParameterName name, Budgets budgets) {
        return taken.get(name)
                .flatMap(written -> largest(name, budgets, written.setting())
                        .map(value -> written.replacement(value) + "   (the largest that fits)"));
    }

    /** The largest value that fits while everything else stays, in the form of postgresql.conf, if PostgreSQL accepts it. */
    private Optional<String> largest(ParameterName name, Budgets budgets, Setting setting) {
        var largest = budgets.memory().largest(name, step(name, setting), least(name, budgets));
        if (largest.isEmpty() || setting.number() < 0) {
            return Optional.empty();
        }
        long number = (long) largest.getAsDouble();
        // other computed values follow it: with fewer parallel workers, for example, others count as such of extensions
        return Budgets.of(
                                config,
                                budgets.wal().space(),
                                budgets.memory().needs().hugePages(),
                                taken.overrides().with(name, number))
                        .memory()
                        .fits()
                ? written(setting, number)
                : Optional.empty();
    }

    private static Optional<String> written(Setting setting, long number) {
        return Optional.of(setting.isSize() ? new ByteSize(number).postgres() : Long.toString(number))
                .filter(value -> setting.parameter().orElseThrow().takes(value));
    }

    /** A value below this would be refused by another check, so it is not a remedy. */
    private long least(ParameterName name, Budgets budgets) {
        return switch (name) {
            case MAX_CONNECTIONS -> Math.max(LEAST_CONNECTIONS, reservedConnections() + 1);
            case MAX_WAL_SENDERS -> budgets.senders().floor();
            case MAX_REPLICATION_SLOTS -> Math.max(1, budgets.slots().floor());
            default -> 1;
        };
    }

    private long reservedConnections() {
        return (long) (number(ParameterName.SUPERUSER_RESERVED_CONNECTIONS, SUPERUSER_RESERVED)
                + number(ParameterName.RESERVED_CONNECTIONS, 0));
    }

    private double number(ParameterName name, double fallback) {
        return taken.get(name).map(WrittenSetting::number).orElse(fallback);
    }

    /** The difference between two distinct values of PostgreSQL, in bytes; 1 for a parameter that is not a size. */
    private static long step(ParameterName name, Setting setting) {
        return setting.parameter()
                .filter(Parameter::isSize)
                .map(Parameter::unitBytes)
                .map(unit -> Math.max(KILOBYTE, unit * MemoryNeeds.step(name)))
                .orElse(1L);
    }
}
