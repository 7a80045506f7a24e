package streamset.review.report.page;

import java.util.List;
import java.util.stream.Stream;
import streamset.problems.Problem;
import streamset.review.report.Refusal;
import streamset.review.report.StackReview;

/** What is refused, with the edit that corrects it, and what the program warns of. */
final class ProblemPart {
    private static final int BYTES = 50_000;

    private ProblemPart() {}

    static Html refusals(StackReview review) {
        return Html.all(fitting(review.refusals().stream().map(ProblemPart::refusal), "refusals"));
    }

    static Html warnings(StackReview review) {
        return Html.all(
                fitting(review.warnings().stream().map(warning -> article("warning", "Warning", warning)), "warnings"));
    }

    private static Stream<Html> fitting(Stream<Html> all, String what) {
        return Fitting.of(all, BYTES, howMany -> Element.of("p").text(howMany + " " + what + ": make -s review"));
    }

    private static Html refusal(Refusal refusal) {
        var edit = Diff.of(refusal.edit());
        return edit.isEmpty()
                ? article("refusal", "Refused", refusal.problem())
                : article(
                        "refusal",
                        "Refused",
                        refusal.problem(),
                        Element.of("p", "label").text("The edit that corrects it"),
                        edit);
    }

    private static Html article(String style, String kind, Problem problem, Html... more) {
        var heading = Element.of("h3")
                .holds(
                        Element.of("span", "kind").text(kind),
                        Html.text(" "),
                        Element.of("code").holds(Html.brief(problem.subject() + " = " + problem.value())));
        var facts = Element.of("dl")
                .holds(Stream.of(List.of("Problem", problem.reason()), List.of("Fix", problem.fix()))
                        .map(fact -> Html.all(
                                Element.of("dt").text(fact.get(0)),
                                Element.of("dd").text(fact.get(1)))));
        return Element.of("article", "note " + style).holds(heading, facts, Html.all(more));
    }
}
