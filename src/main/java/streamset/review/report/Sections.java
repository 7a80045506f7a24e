package streamset.review.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.problems.Printable;
import streamset.problems.Problem;
import streamset.review.report.Section.Form;

/** The sections of each stack. A problem in a file that several stacks use is explained once, with the first of them. */
final class Sections {
    private static final int SHOWN_CHARACTERS = 120; // of a value

    private final Map<Object, String> explainedIn = new HashMap<>();

    /** Those of the next stack, what matters most first. */
    List<Section> of(StackReview stack) {
        var changes = stack.changes();
        var sections = new ArrayList<Section>();
        sections.add(Section.ofLines("A second person should approve this", changes.dangers()));
        stack.refusals().forEach(refusal -> refused(stack.stack(), refusal, sections));
        sections.add(Section.ofLines("Not looked at", stack.notJudged()));
        sections.add(Section.ofTable(
                "Settings",
                List.of("setting", "from", "to", "by", "why"),
                changes.settings().stream()
                        .map(row -> List.of(row.name(), row.from(), row.to(), row.by(), row.why()))));
        sections.add(Section.ofText("pg_hba.conf", String.join("\n", changes.hba()), Form.CHANGE));
        sections.add(Section.ofSteps("Steps", changes.steps()));
        sections.add(Section.ofLines(
                "",
                Stream.of(changes.synchronous(), changes.replaced())
                        .filter(words -> !words.isEmpty())
                        .toList()));
        sections.add(Section.ofTable(
                "Budgets",
                List.of("budget", "before", "after"),
                changes.budgets().stream().map(row -> List.of(row.name(), row.before(), row.after()))));
        sections.add(Section.ofTable(
                "Resources of all pods",
                List.of("resource", "before", "after", "difference"),
                changes.resources().stream()
                        .map(row -> List.of(row.name(), row.before(), row.after(), row.difference()))));
        sections.add(Section.ofTable(
                "Rules",
                List.of("rule", "before", "after"),
                changes.rules().stream().map(row -> List.of(row.name(), row.before(), row.after()))));
        sections.add(Section.ofLines(
                "Objects that differ",
                changes.objects().stream().map(Sections::place).toList()));
        stack.warnings().forEach(warning -> warned(stack.stack(), warning, sections));
        sections.add(Section.ofText(
                "stacks/" + stack.stack() + "/manifests.yaml is not what is rendered: make snapshots, and commit it",
                stack.staleSnapshot(),
                Form.EDIT));
        return sections.stream().filter(section -> !section.isEmpty()).toList();
    }

    private static String place(Row.Place row) {
        return row.place().isEmpty()
                ? row.object() + ": " + row.to()
                : row.object() + ": " + row.place() + " from " + row.from() + " to " + row.to();
    }

    private void refused(String stack, Refusal refusal, List<Section> sections) {
        var first = explainedIn.putIfAbsent(refusal, stack);
        if (first == null || first.equals(stack)) {
            sections.add(explained("Refused: ", refusal.problem()));
            sections.add(Section.ofText("The edit that mends it", refusal.edit(), Form.EDIT));
        } else {
            sections.add(asBefore("Refused: ", refusal.problem(), first));
        }
    }

    private void warned(String stack, Problem warning, List<Section> sections) {
        var first = explainedIn.putIfAbsent(warning, stack);
        sections.add(
                first == null || first.equals(stack)
                        ? explained("Warning: ", warning)
                        : asBefore("Warning: ", warning, first));
    }

    private static Section explained(String kind, Problem problem) {
        return Section.ofLines(
                title(kind, problem),
                Stream.concat(
                                ("problem: " + problem.reason()).lines(),
                                ("fix: " + Printable.text(problem.fix())).lines())
                        .toList());
    }

    private static Section asBefore(String kind, Problem problem, String stack) {
        return Section.ofLines(title(kind, problem), List.of("the same as in " + stack));
    }

    private static String title(String kind, Problem problem) {
        return kind + Printable.line(problem.subject()) + " = " + Problem.shortened(problem.value(), SHOWN_CHARACTERS);
    }
}
