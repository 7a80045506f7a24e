package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** The edit of a file that mends a problem, as a change that {@code git apply} takes. */
record Mending(StackFiles files) {
    private static final Pattern FURTHER_STEPS = Pattern.compile("(, )?then: |; |\nor ");
    private static final Pattern DELETED_LINE = Pattern.compile("^delete line (\\d+) of (\\S+)");
    private static final Pattern REPLACED_LINE = Pattern.compile("^write in (\\S+):(\\d+): (.*)");
    private static final Pattern PLACE = Pattern.compile("\\[(\\d+)]");
    private static final Pattern HEAD = Pattern.compile("^diff --git .*\nindex .*\n"); // says nothing to a reader

    /** The first step of the remedy; empty when it is no edit of a file. */
    String edit(Problem problem) {
        var fix = FURTHER_STEPS.split(problem.fix(), 2)[0];
        var deleted = DELETED_LINE.matcher(fix);
        if (deleted.find()) {
            return line(deleted.group(2), deleted.group(1), List.of());
        }
        var replaced = REPLACED_LINE.matcher(fix);
        if (replaced.find()) {
            return line(replaced.group(1), replaced.group(2), List.of(replaced.group(3)));
        }
        return ConfigCommand.in(fix).isEmpty() ? "" : commands(fix);
    }

    private String line(String name, String number, List<String> replacement) {
        var file = files.project().resolve(name);
        if (!Files.isRegularFile(file)) {
            return "";
        }
        var text = read(file);
        var lines = new ArrayList<>(text.lines().toList());
        int index = Integer.parseInt(number) - 1;
        if (index >= lines.size()) {
            return "";
        }
        lines.remove(index);
        lines.addAll(index, replacement);
        return diff(
                Path.of(name),
                Optional.of(text),
                lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** None for a file that is not YAML, or in which one value stands for several. */
    private String commands(String fix) {
        try {
            var problems = new Problems();
            var before = files.configText(problems);
            if (!problems.isEmpty()) {
                return "";
            }
            var after = before;
            for (var command : written(fix)) {
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
        var path = Report.path(command);
        if (command.value().isEmpty()) {
            return text.without(path);
        }
        var place = PLACE.matcher(path.get(path.size() - 1));
        return place.matches()
                ? text.withElement(
                        path.subList(0, path.size() - 1), Integer.parseInt(place.group(1)), Report.value(command))
                : text.with(path, Report.value(command));
    }

    /** How one text becomes another, as {@code git apply} takes it; empty for the same. */
    static String diff(Path file, Optional<String> before, String after) {
        return HEAD.matcher(GitDiff.of(Map.of(file, before), Map.of(file, Optional.of(after))))
                .replaceFirst("");
    }
}
