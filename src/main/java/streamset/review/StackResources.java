package streamset.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import streamset.features.Exporter;
import streamset.plan.reading.Declaration;
import streamset.review.report.Row;
import streamset.units.ByteSize;
import streamset.units.Cpu;

/** What all pods of a stack ask for together, before an update and after it. */
final class StackResources {
    private StackResources() {}

    /** Those that change. */
    static List<Row.Resource> rows(Declaration old, Declaration now) {
        var rows = new ArrayList<Row.Resource>();
        if (old.hasPods()) {
            row("CPU", cpu(old), cpu(now), amount -> new Cpu((int) amount).quantity())
                    .ifPresent(rows::add);
            row("memory", memory(old), memory(now), StackResources::bytes).ifPresent(rows::add);
            row("huge pages", hugePages(old), hugePages(now), StackResources::bytes)
                    .ifPresent(rows::add);
        }
        volumes(old, now).ifPresent(rows::add);
        return rows;
    }

    /** Claims of pods that go are no longer in use, but free only where the last declaration says that they go too. */
    private static Optional<Row.Resource> volumes(Declaration old, Declaration now) {
        double left = ofEachPod(old) * Math.max(0, old.replicas() - now.replicas());
        boolean isFreed = left == 0 || old.keeping().volumes().equals(Optional.of(false));
        double before = ofEachPod(old) * old.replicas();
        double after = ofEachPod(now) * now.replicas();
        if (isFreed) {
            return row("volumes", before, after, StackResources::bytes);
        }
        var claimed = " + " + bytes(left) + " that no pod uses";
        var unsure = old.keeping().volumes().isPresent() ? "" : ", unless streamset:keepVolumes was false";
        double difference = after + left - before;
        return Optional.of(new Row.Resource(
                "volumes",
                bytes(before),
                bytes(after) + claimed + unsure,
                difference == 0 ? "none is freed" : signed(difference, StackResources::bytes)));
    }

    private static String bytes(double amount) {
        return amount == 0 ? "none" : new ByteSize((long) amount).quantity();
    }

    private static String signed(double difference, Quantity quantity) {
        return (difference > 0 ? "+" : "-") + quantity.of(Math.abs(difference));
    }

    private interface Quantity {
        String of(double amount);
    }

    private static Optional<Row.Resource> row(String name, double before, double after, Quantity quantity) {
        return before == after
                ? Optional.empty()
                : Optional.of(new Row.Resource(
                        name, quantity.of(before), quantity.of(after), signed(after - before, quantity)));
    }

    private static double cpu(Declaration declaration) {
        return (double) (Cpu.parse(declaration.pods().get(Declaration.CPU)).millicores()
                        + ofExporter(declaration, Exporter.CPU.millicores())
                        + ofArchiver(
                                declaration,
                                Declaration.BACKUP_CPU,
                                cpu -> Cpu.parse(cpu).millicores()))
                * declaration.replicas();
    }

    private static double memory(Declaration declaration) {
        return (double) (ByteSize.parseQuantity(declaration.pods().get(Declaration.MEMORY))
                                .bytes()
                        + ofExporter(declaration, Exporter.MEMORY.bytes())
                        + ofArchiver(
                                declaration,
                                Declaration.BACKUP_MEMORY,
                                size -> ByteSize.parseQuantity(size).bytes()))
                * declaration.replicas();
    }

    /** Nothing where there is none. */
    private static long ofExporter(Declaration declaration, long amount) {
        return declaration.pods().getOrDefault(Declaration.METRICS, "").isEmpty() ? 0 : amount;
    }

    /** Nothing where there is none. */
    private static long ofArchiver(Declaration declaration, String key, ToLongFunction<String> amount) {
        return Optional.of(declaration.pods().getOrDefault(key, ""))
                .filter(text -> !text.isEmpty())
                .map(amount::applyAsLong)
                .orElse(0L);
    }

    private static double hugePages(Declaration declaration) {
        return Optional.of(declaration.pods().get(Declaration.HUGE_PAGES))
                .filter(size -> !size.isEmpty())
                .map(size -> (double) ByteSize.parseQuantity(size).bytes() * declaration.replicas())
                .orElse(0.0);
    }

    private static double ofEachPod(Declaration declaration) {
        return declaration.volumes().stream()
                .mapToDouble(claim -> claim.volume().size().bytes())
                .sum();
    }
}
