package streamset.review;

import java.nio.file.Path;
import java.util.stream.Collectors;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;

/** Problems for people who review a change: each remedy also as an edit of the stack's file, for a pull request. */
final class Report {
    private Report() {}

    static String of(BadInput refusal, Path stackFile) {
        return refusal.with(problem -> withEdit(problem, stackFile)).getMessage();
    }

    static Problem withEdit(Problem problem, Path stackFile) {
        var edits = problem.fix()
                .lines()
                .filter(line -> !ConfigCommand.in(line).isEmpty())
                .map(line -> ConfigCommand.replaced(line, ConfigEdit::text))
                .collect(Collectors.joining("\n"));
        var fix = edits.isEmpty() ? problem.fix() : problem.fix() + "\nor in " + stackFile + ": " + edits;
        return new Problem(problem.subject(), problem.value(), problem.reason(), fix);
    }
}
