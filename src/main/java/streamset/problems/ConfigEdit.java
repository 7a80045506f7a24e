package streamset.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import streamset.problems.ConfigCommand.Written;
import tools.jackson.databind.json.JsonMapper;

/** The same change as a command of {@link ConfigCommand}, as an edit of a file. */
public final class ConfigEdit {
    private static final Pattern STEP = Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|\\[(\\d+)]|([^.\\[]+)");
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][\\w./@-]*|\\d+(\\.\\d+)?[A-Za-z]+|0|-?[1-9]\\d*|<.*>");

    private ConfigEdit() {}

    /** The content of the file after the command. */
    public static String text(Written command) {
        var path = path(command);
        var first = path.get(0);
        var inner = path.subList(1, path.size());
        if (command.value().isEmpty()) {
            return "delete " + (inner.isEmpty() ? "" : String.join(".", inner) + " of ") + first;
        }
        var value = value(command);
        return first + ": " + nested(inner, value);
    }

    /** The key with its namespace, and the steps to the value within it. */
    public static List<String> path(Written command) {
        int colon = command.key().indexOf(':') + 1;
        var steps = command.isPath()
                ? steps(command.key().substring(colon))
                : List.of(command.key().substring(colon));
        var path = new ArrayList<>(steps);
        path.set(0, command.key().substring(0, colon) + steps.get(0));
        return path;
    }

    /** The value of a command that sets one. */
    public static String value(Written command) {
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
    public static String yaml(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null");
        return plain ? text : JsonMapper.shared().writeValueAsString(text);
    }
}
