package streamset.review;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand.Written;
import tools.jackson.databind.json.JsonMapper;

/** The commands of remedies as changes of a stack's file. */
final class Report {
    private static final Pattern STEP = Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|\\[(\\d+)]|([^.\\[]+)");
    private static final Pattern PLACE = Pattern.compile("\\[(\\d+)]");
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][\\w./@-]*|\\d+(\\.\\d+)?[A-Za-z]+|0|-?[1-9]\\d*|<.*>");

    private Report() {}

    /** What is wrong with a stack, and how its file mends it. */
    static String of(BadInput refusal, StackFiles files) {
        var edits = new Edits(command -> files);
        return refusal.with(edits::beside).getMessage();
    }

    /** A file's text after a command. */
    static StackText changed(StackText text, Written command) {
        var path = path(command);
        if (command.value().isEmpty()) {
            return text.without(path);
        }
        var place = PLACE.matcher(path.get(path.size() - 1));
        return place.matches()
                ? text.withElement(path.subList(0, path.size() - 1), Integer.parseInt(place.group(1)), value(command))
                : text.with(path, value(command));
    }

    /** What a command does to a file in which nobody knows what is beside the value. */
    static String edit(Written command) {
        var path = path(command);
        var first = path.get(0);
        var inner = path.subList(1, path.size());
        return command.value().isEmpty()
                ? "delete " + (inner.isEmpty() ? "" : String.join(".", inner) + " of ") + first
                : first + ": " + nested(inner, value(command));
    }

    /** The key with its namespace, and the steps to the value within it. */
    static List<String> path(Written command) {
        int colon = command.key().indexOf(':') + 1;
        var steps = command.isPath()
                ? steps(command.key().substring(colon))
                : List.of(command.key().substring(colon));
        var path = new ArrayList<>(steps);
        path.set(0, command.key().substring(0, colon) + steps.get(0));
        return path;
    }

    /** The value of a command that sets one. */
    static String value(Written command) {
        return command.isSecret()
                ? "{secure: <what the CLI encrypts>}"
                : yaml(command.value().orElseThrow());
    }

    /** The steps of a path as the CLI reads it; a place in a list stands in brackets. */
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
