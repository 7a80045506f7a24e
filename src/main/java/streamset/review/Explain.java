package streamset.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import streamset.cluster.ClusterSpec;
import streamset.config.Wal;
import streamset.node.Scratch;
import streamset.plan.Table;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;
import streamset.settings.Setting;
import streamset.sizing.Alerts;
import streamset.sizing.Budgets;
import streamset.sizing.Sum;

/**
 * Tells in one screen what a stack comes to: the budgets with their sums, and every setting with its origin and reason.
 *
 * <p>Argument: the stack's name.
 */
public final class Explain {
    private static final Path PROJECT = Path.of("");

    private Explain() {}

    /** Exit code 0: the text is on standard output; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: make -s explain STACK=<stack>");
            System.exit(2);
        }
        var stack = arguments[0];
        var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
        try {
            var problems = new Problems();
            System.out.print(text(PROJECT, stack, file, problems));
            problems.warnings().stream().map(Problem::text).forEach(warning -> System.err.println("\n" + warning));
        } catch (BadInput e) {
            System.err.print(Report.of(e, new StackFiles(PROJECT, stack)));
            System.exit(1);
        }
    }

    /**
     * @param problems gets the warnings
     * @throws BadInput when the stack's configuration or a conf file cannot be used
     */
    static String text(Path project, String stack, Path stackFile, Problems problems) {
        var raw = StackFile.read(project, stackFile, problems);
        problems.throwIfAny();
        var spec = ClusterSpec.of(raw, project, stack, problems);
        problems.throwIfAny();
        var budgets = spec.budgets();
        return String.join(
                "\n",
                cluster(stack, spec),
                wal(spec.config().wal(), budgets) + new ArchiveWords(spec).text(),
                memory(budgets) + hugePages(budgets),
                disk(),
                "Settings\n\n" + settings(spec.settings().all()));
    }

    private static String cluster(String stack, ClusterSpec spec) {
        var config = spec.config();
        var others = spec.claims().stream()
                .skip(1) // the data volume, about which there is more to say
                .map(claim -> ", a " + claim.kind().content() + " volume of "
                        + claim.volume().size().quantity())
                .collect(Collectors.joining());
        return "Stack " + stack + ": PostgreSQL " + config.version() + " in the namespace "
                + config.names().namespace() + ", " + pods(config.replicas()) + "\neach with "
                + config.resources().cpu().quantity() + " CPU, "
                + config.resources().memory().quantity() + " of memory, "
                + spec.hugePages()
                        .map(pages -> pages.quantity() + " of huge pages, ")
                        .orElse("")
                + "a data volume of "
                + config.storage().size().quantity() + " ("
                + config.storage().kind().toString().toLowerCase(Locale.ROOT) + ")" + others + "\n";
    }

    private static String pods(int replicas) {
        return replicas == 1 ? "a primary alone," : "a primary and " + (replicas - 1) + " standbys,";
    }

    private static String wal(Wal declared, Budgets budgets) {
        var wal = budgets.wal();
        var keep = declared.keep()
                .map(amount -> " (declared: " + amount.words() + ")")
                .orElse("");
        return "WAL for standbys that are away" + keep + "\n\n"
                + sum(wal.sum(), wal.result())
                + "\n  What is kept lasts " + wal.lasting() + ". "
                + budgets.senders().computed()
                + " WAL senders; " + budgets.senders().floor() + " are in use when all standbys clone at once.\n  "
                + Alerts.of(wal).words() + "\n"
                + "  Counted on the declared size: a server whose volume is still smaller keeps the WAL settings it has.\n";
    }

    private static String memory(Budgets budgets) {
        var memory = budgets.memory();
        return "Memory if every process uses its limit\n\n" + sum(memory.use().sum(), memory.result());
    }

    private static String hugePages(Budgets budgets) {
        return budgets.memory()
                .hugePages()
                .map(pages -> "\nHuge pages, which are beside that memory\n\n" + sum(pages.sum(), pages.result()))
                .orElse("");
    }

    private static String disk() {
        var scratch = Scratch.ofServer();
        return "Each container requests " + scratch.request().quantity() + " of its node's disk, and may fill "
                + scratch.limit().total().quantity() + " (docs/pods.md).\n";
    }

    private static String sum(Sum sum, String result) {
        return sum.text(result).indent(2);
    }

    private static String settings(List<Setting> settings) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("name", "value", "change", "origin", "why"));
        for (var setting : settings) {
            rows.add(List.of(
                    setting.name(),
                    setting.value(),
                    setting.context(),
                    setting.origin().toString(),
                    setting.reason()));
        }
        return Table.text(rows).indent(2);
    }
}
