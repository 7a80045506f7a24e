package streamset.review.report;

import java.util.List;
import streamset.problems.Problem;

/** Reports of which a test says one thing. */
final class Draft {
    private Draft() {}

    static StackReview stack(String name, Verdict verdict, Changes changes) {
        return new StackReview(
                name,
                verdict,
                "the reviewed objects of main",
                0,
                List.of(),
                changes,
                List.of(),
                List.of(),
                List.of(),
                "");
    }

    /** In which a text stands wherever a conf file or a stack's file can bring one. */
    static Review everywhere(String text) {
        var problem = new Problem("postgresql.conf:1 " + text, text, "because of " + text, "write " + text);
        var changes = new Changes(
                List.of("data: " + text),
                List.of(new Row.Setting(text, text, text, "reload", text)),
                List.of("- " + text.replace("\n", " "), "+ " + text.replace("\n", " ")),
                List.of(text, "then " + text),
                text,
                text,
                List.of(new Row.Budget("memory", text, text)),
                List.of(new Row.Resource("CPU", text, text, text)),
                List.of(new Row.Place(text, text, text, text), new Row.Place(text, "", "", text)),
                List.of(new Row.Rule(text, text, text)));
        var stack = new StackReview(
                "qa",
                Verdict.REFUSED,
                text,
                3,
                List.of(text),
                changes,
                List.of(new Refusal(problem, "--- a/x\n+++ b/x\n+" + text)),
                List.of(problem),
                List.of(text),
                "--- a/y\n+++ b/y\n+" + text);
        return new Review(text, List.of(stack));
    }

    static Changes settings(int count, String value) {
        var rows = java.util.stream.IntStream.range(0, count)
                .mapToObj(number -> new Row.Setting("setting_" + number, value, value, "reload", value))
                .toList();
        return new Changes(List.of(), rows, List.of(), List.of(), "", "", List.of(), List.of(), List.of(), List.of());
    }
}
