package streamset.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.Problem;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong, for whoever reviews a change: each remedy also as an edit of the stack's file, which a pull request needs. */
final class Report {
    private static final Pattern STEP = Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|\\[(\\d+)]|([^.\\[]+)");
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][\\w./@-]*|\\d+(\\.\\d+)?[A-Za-z]+|0|-?[1-9]\\d*|<.*>");

    private Report() {}

    static String of(BadInput refusal, Path stackFile) {
        return refusal.with(problem -> withEdit(problem, stackFile)).getMessage();
    }

    static Problem withEdit(Problem problem, Path stackFile) {
        var edits = problem.fix()
                .lines()
                .filter(line -> !ConfigCommand.in(line).isEmpty())
                .map(line -> ConfigCommand.replaced(line, Report::edit))
                .collect(Collectors.joining("\n"));
        var fix = edits.isEmpty() ? problem.fix() : problem.fix() + "\nor in " + stackFile + ": " + edits;
        return new Problem(problem.subject(), problem.value(), problem.reason(), fix);
    }

    /** What stands in the file after the command. */
    static String edit(Written command) {
        int colon = command.key().indexOf(':') + 1;
        var steps = command.isPath()
                ? steps(command.key().substring(colon))
                : List.of(command.key().substring(colon));
        var first = command.key().substring(0, colon) + steps.get(0);
        var inner = steps.subList(1, steps.size());
        if (command.value().isEmpty()) {
            return "delete " + (inner.isEmpty() ? "" : String.join(".", inner) + " of ") + first;
        }
        var value = command.isSecret()
                ? "{secure: <what the CLI encrypts>}"
                : yaml(command.value().get());
        return first + ": " + nested(inner, value);
    }

    private static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        var matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(
                    matcher.group(1) != null
                            ? matcher.group(1).replace("\\\"", "\"")
                            : matcher.group(2) != null ? "[" + matcher.group(2) + "]" : matcher.group(3));
        }
        return steps;
    }

    private static String nested(List<String> steps, String value) {
        if (steps.isEmpty()) {
            return value;
        }
        var inner = nested(steps.subList(1, steps.size()), value);
        var step = steps.get(0);
        return step.matches("\\[\\d+]") ? "[" + inner + "]" : "{" + yaml(step) + ": " + inner + "}";
    }

    /** A text as a value of YAML in one line. */
    static String yaml(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null");
        return plain ? text : JsonMapper.shared().writeValueAsString(text);
    }
}
