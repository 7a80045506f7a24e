package streamset.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            row("memory", memory(old), memory(now), amount -> new ByteSize((long) amount).quantity())
                    .ifPresent(rows::add);
        }
        row("volumes", volumes(old), volumes(now), amount -> new ByteSize((long) amount).quantity())
                .ifPresent(rows::add);
        return rows;
    }

    private interface Quantity {
        String of(double amount);
    }

    private static Optional<Row.Resource> row(String name, double before, double after, Quantity quantity) {
        return before == after
                ? Optional.empty()
                : Optional.of(new Row.Resource(
                        name,
                        quantity.of(before),
                        quantity.of(after),
                        (after > before ? "+" : "-") + quantity.of(Math.abs(after - before))));
    }

    private static double cpu(Declaration declaration) {
        return (double) Cpu.parse(declaration.pods().get(Declaration.CPU)).millicores() * declaration.replicas();
    }

    private static double memory(Declaration declaration) {
        return (double) ByteSize.parseQuantity(declaration.pods().get(Declaration.MEMORY))
                        .bytes()
                * declaration.replicas();
    }

    /** Those of declared pods; what scaling down leaves behind stays besides. */
    private static double volumes(Declaration declaration) {
        return declaration.volumes().stream()
                        .mapToDouble(claim -> claim.volume().size().bytes())
                        .sum()
                * declaration.replicas();
    }
}
