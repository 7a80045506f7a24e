package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** The edit of a file that mends a problem, as a change that {@code git apply} takes. */
record Mending(StackFiles files) {
    private static final Pattern FURTHER_STEPS = Pattern.compile("(, )?then: |; |\nor ");
    private static final Pattern DELETED_LINES =
            Pattern.compile("^delete lines? (\\d+(?:(?:, | and )\\d+)*) of (\\S+)");
    private static final Pattern REPLACED_LINE = Pattern.compile("^write in (\\S+):(\\d+): (.*?)(?: {2,}\\(.*)?$");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern LINE =
            Pattern.compile("(?<indent>[ \\t]*)(?:[^'#\r\n]|'[^']*')*?(?<rest>\\s*(?:#.*)?\r?)");
    private static final Pattern PLACEHOLDER = Pattern.compile("<.*>");
    private static final String EXAMPLE = " such as "; // of a value in its right form, which is none for this stack
    private static final Pattern PLACE = Pattern.compile("\\[(\\d+)]");
    private static final Pattern HEAD = Pattern.compile("^diff --git .*\nindex .*\n"); // says nothing to a reader

    /** The first step of the remedy; empty when it is no edit of a file, or when a person must choose a value. */
    String edit(Problem problem) {
        var fix = FURTHER_STEPS.split(problem.fix(), 2)[0];
        var deleted = DELETED_LINES.matcher(fix);
        if (deleted.find()) {
            var numbers = NUMBER.matcher(deleted.group(1)).results().map(number -> Integer.parseInt(number.group()));
            return lines(deleted.group(2), numbers.toList(), line -> "");
        }
        var replaced = REPLACED_LINE.matcher(fix);
        if (replaced.find()) {
            var setting = replaced.group(3);
            return lines(
                    replaced.group(1),
                    List.of(Integer.parseInt(replaced.group(2))),
                    line -> withSetting(line, setting));
        }
        return written(fix).isEmpty() || problem.reason().contains(EXAMPLE) ? "" : commands(fix);
    }

    /** With the indentation, the comment and the line end that the line has. */
    private static String withSetting(String line, String setting) {
        var parts = LINE.matcher(line.stripTrailing());
        var end = line.substring(line.stripTrailing().length());
        return parts.matches() ? parts.group("indent") + setting + parts.group("rest") + end : setting + end;
    }

    private String lines(String name, List<Integer> numbers, UnaryOperator<String> change) {
        var file = files.project().resolve(name);
        if (!Files.isRegularFile(file)) {
            return "";
        }
        var text = read(file);
        var lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        for (int number : numbers) {
            if (number > lines.size()) {
                return "";
            }
            lines.set(number - 1, change.apply(lines.get(number - 1)));
        }
        return diff(Path.of(name), Optional.of(text), String.join("", lines));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None for a file that is not YAML, that has no keys, or in which one value stands for several. */
    private String commands(String fix) {
        try {
            var problems = new Problems();
            var before = files.configText(problems);
            if (!problems.isEmpty() || !before.hasKeys()) {
                return "";
            }
            var after = before;
            for (var command : written(fix)) {
                if (command.isSecret()
                        || PLACEHOLDER.matcher(command.value().orElse("")).find()) {
                    return "";
                }
                after = changed(after, command);
            }
            return diff(files.config(), Optional.of(before.text()), after.text());
        } catch (YamlEngineException e) {
            return "";
        }
    }

    private static List<Written> written(String fix) {
        var commands = new ArrayList<Written>();
        ConfigCommand.replaced(fix, command -> {
            commands.add(command);
            return "";
        });
        return commands;
    }

    private static StackText changed(StackText text, Written command) {
        var path = ConfigEdit.path(command);
        if (command.value().isEmpty()) {
            return text.without(path);
        }
        var place = PLACE.matcher(path.get(path.size() - 1));
        return place.matches()
                ? text.withElement(
                        path.subList(0, path.size() - 1), Integer.parseInt(place.group(1)), ConfigEdit.value(command))
                : text.with(path, ConfigEdit.value(command));
    }

    /** How one text becomes another, as {@code git apply} takes it; empty for the same. */
    static String diff(Path file, Optional<String> before, String after) {
        return HEAD.matcher(GitDiff.of(Map.of(file, before), Map.of(file, Optional.of(after))))
                .replaceFirst("");
    }
}
