package streamset.review.report.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.review.report.Changes;
import streamset.review.report.Row;
import streamset.review.report.StackReview;
import streamset.review.report.Verdict;

/** What an update does: what the report on a change says about this stack. */
final class PlanPart {
    private static final int SETTINGS_BYTES = 40_000;
    private static final int OBJECTS_BYTES = 25_000;
    private static final int LINES_BYTES = 12_000;
    private static final int ROWS_BYTES = 8_000; // of tables that have few rows
    private static final String ELSEWHERE = "make -s review";

    private final StackReview review;
    private final Changes changes;
    private final boolean isFirst;

    private PlanPart(StackReview review, boolean isFirst) {
        this.review = review;
        this.changes = review.changes();
        this.isFirst = isFirst;
    }

    /** @param base empty where nothing is compared with, and the plan is that of a first deployment */
    static Chapter of(StackReview review, Optional<String> base) {
        var part = new PlanPart(review, base.isEmpty());
        var title = review.verdict() == Verdict.REFUSED
                ? "What is refused"
                : base.isEmpty() ? "First deployment" : "What changes";
        return new Chapter("plan", title, part.content());
    }

    private Html content() {
        return Html.all(
                callout("danger", "A second person should approve this", changes.dangers()),
                ProblemPart.refusals(review),
                isFirst ? Html.NONE : callout("unseen", "Not looked at", review.notJudged()),
                nothing(),
                Chapter.part("Settings", settings()),
                Chapter.part("pg_hba.conf", changes.hba().isEmpty() ? Html.NONE : Diff.of(changes.hba().stream())),
                steps(),
                Chapter.list(
                        "ul",
                        Stream.of(changes.synchronous(), changes.replaced())
                                .filter(words -> !words.isEmpty())
                                .map(Html::text)),
                isFirst ? Html.NONE : Chapter.part("Budgets", budgets()),
                Chapter.part("Resources of all pods", resources()),
                objects(),
                ProblemPart.warnings(review),
                stale());
    }

    private Html nothing() {
        return review.verdict() == Verdict.NOTHING
                ? Element.of("p").text("Nothing: all rendered objects are equal.")
                : Html.NONE;
    }

    private static Html callout(String style, String title, List<String> lines) {
        return lines.isEmpty()
                ? Html.NONE
                : Element.of("div", "note " + style).holds(Chapter.part(title, lines("ul", lines)));
    }

    private static Html lines(String element, List<String> lines) {
        return Chapter.list(
                element,
                Fitting.of(
                        lines.stream().map(Html::text), LINES_BYTES, howMany -> Html.text(howMany + ": " + ELSEWHERE)));
    }

    private Html steps() {
        return isFirst
                ? Html.all(changes.steps().stream().map(line -> Element.of("p").holds(Html.sentence(line))))
                : Chapter.part("Steps", lines("ol", changes.steps()));
    }

    private Html settings() {
        var columns = List.of(
                DataTable.code("setting"),
                DataTable.code("from"),
                DataTable.code("to"),
                DataTable.word("by"),
                DataTable.words("why"));
        return new DataTable("Settings that change", columns, SETTINGS_BYTES, ELSEWHERE)
                .of(changes.settings().stream()
                        .map(row -> cells(row.name(), row.from(), row.to(), row.by(), row.why())));
    }

    private Html budgets() {
        var columns = List.of(DataTable.words("budget"), DataTable.number("before"), DataTable.number("after"));
        return new DataTable("Budgets before and after", columns, ROWS_BYTES, ELSEWHERE)
                .of(changes.budgets().stream().map(row -> cells(row.name(), row.before(), row.after())));
    }

    private Html resources() {
        var columns = List.of(
                DataTable.words("resource"),
                DataTable.number("before"),
                DataTable.number("after"),
                DataTable.number("difference"));
        return new DataTable("Resources of all pods", columns, ROWS_BYTES, ELSEWHERE)
                .of(changes.resources().stream()
                        .map(row -> cells(row.name(), row.before(), row.after(), row.difference())));
    }

    private Html objects() {
        var columns = List.of(
                DataTable.words("object"), DataTable.code("place"), DataTable.code("from"), DataTable.code("to"));
        var table = new DataTable("Objects that differ", columns, OBJECTS_BYTES, ELSEWHERE)
                .of(changes.objects().stream().map(PlanPart::object));
        return table.isEmpty()
                ? Html.NONE
                : Element.of("details")
                        .holds(
                                Element.of("summary")
                                        .text("Objects that differ: "
                                                + changes.objects().size() + " places"),
                                table);
    }

    private static List<Html> object(Row.Place row) {
        return cells(row.object(), row.place(), row.from(), row.to());
    }

    private static List<Html> cells(String... texts) {
        return Stream.of(texts).map(Html::brief).toList();
    }

    private Html stale() {
        return review.isStale()
                ? Element.of("article", "note warning")
                        .holds(
                                Element.of("h3").text("The reviewed objects are stale"),
                                Element.of("p")
                                        .text(
                                                "stacks/" + review.stack()
                                                        + "/manifests.yaml is not what is rendered: make snapshots, and commit it"),
                                Diff.of(review.staleSnapshot()))
                : Html.NONE;
    }
}
