package streamset.review.report.page;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.sizing.Alerts;
import streamset.sizing.Sum;
import streamset.units.ByteSize;

/** How memory and the space for WAL are divided: a bar for each, and the sum behind it. */
final class BudgetPart {
    private static final int COLOURS = 8;

    private BudgetPart() {}

    static Chapter of(ClusterSpec spec) {
        var budgets = spec.budgets();
        var memory = budgets.memory();
        var wal = budgets.wal();
        var keep = spec.config().wal().keep().map(amount -> " (declared: " + amount.words() + ")");
        return new Chapter(
                "budgets",
                "Budgets of each pod",
                Element.of("div", "pair")
                        .holds(
                                budget(
                                        "Memory if every process uses its limit",
                                        memory.use().sum(),
                                        memory.limit(),
                                        memory.result()),
                                budget(
                                        "WAL for standbys that are away" + keep.orElse(""),
                                        wal.sum(),
                                        wal.space().size(),
                                        wal.result(),
                                        "What is kept lasts " + wal.lasting() + ".",
                                        budgets.senders().computed() + " WAL senders; "
                                                + budgets.senders().floor()
                                                + " are in use when all standbys clone at once.",
                                        Alerts.of(wal).words())));
    }

    private static Html budget(String title, Sum sum, ByteSize limit, String result, String... notes) {
        var total = sum.total().megabytes();
        return Element.of("article", "card")
                .holds(
                        Element.of("h3").text(title),
                        Element.of("p", "figure")
                                .holds(
                                        Element.of("strong").text(total + " MB"),
                                        Html.text(" of " + limit.megabytes() + " MB, " + percent(total, limit) + " %")),
                        bar(sum, limit, total + " of " + limit.megabytes() + " MB"),
                        table(title, sum, result),
                        Html.all(Stream.of(notes)
                                .map(note -> Element.of("p", "soft").text(note))));
    }

    private static long percent(long total, ByteSize limit) {
        return 100 * total / limit.megabytes(); // rounded down: 100 % is what has no room left
    }

    private static Html bar(Sum sum, ByteSize limit, String words) {
        double scale = Bar.LENGTH / limit.megabytes();
        var bar = new Bar();
        var terms = IntStream.range(0, sum.terms().size())
                .mapToObj(index ->
                        bar.add(colour(index), sum.terms().get(index).size().megabytes() * scale))
                .toList();
        return Bar.of(words, terms);
    }

    private static String colour(int index) {
        return "c" + index % COLOURS;
    }

    private static Html table(String title, Sum sum, String result) {
        var terms = IntStream.range(0, sum.terms().size()).mapToObj(index -> {
            var term = sum.terms().get(index);
            return line(
                    term.size(), Element.of("span", "swatch " + colour(index)).text(""), term.what());
        });
        return Element.of("table", "sum")
                .with("aria-label", title)
                .holds(
                        Element.of("tbody").holds(terms),
                        Element.of("tfoot").holds(line(sum.total(), Html.NONE, "= " + result)));
    }

    private static Html line(ByteSize size, Html swatch, String what) {
        return Element.of("tr")
                .holds(
                        Element.of("td", "number").text(size.megabytes() + " MB"),
                        Element.of("th").with("scope", "row").holds(swatch, Html.text(what)));
    }
}
