package streamset.review;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.Problem;

/** The edit of a file that mends a problem, as a unified diff that {@code git apply} takes. */
final class Mending {
    private static final int CONTEXT_LINES = 3;
    private static final Pattern FURTHER_STEPS = Pattern.compile("(, )?then: |; |\nor ");
    private static final Pattern DELETED_LINE = Pattern.compile("^delete line (\\d+) of (\\S+)");
    private static final Pattern REPLACED_LINE = Pattern.compile("^write in (\\S+):(\\d+): (.*)");

    private final Path project;
    private final Path stackFile;

    /** @param stackFile as git names it, below the project */
    Mending(Path project, Path stackFile) {
        this.project = project;
        this.stackFile = stackFile;
    }

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
        return commands(fix);
    }

    private String line(String file, String number, List<String> replacement) {
        return text(file)
                .map(text -> {
                    var lines = new ArrayList<>(lines(text));
                    int index = Integer.parseInt(number) - 1;
                    if (index >= lines.size()) {
                        return "";
                    }
                    lines.remove(index);
                    lines.addAll(index, replacement);
                    return diff(file, lines(text), lines);
                })
                .orElse("");
    }

    private String commands(String fix) {
        var before = text(stackFile.toString());
        var after = before;
        for (var command : ConfigCommand.in(fix)) {
            var written = new ArrayList<Written>();
            ConfigCommand.replaced(command, one -> {
                written.add(one);
                return "";
            });
            after = after.flatMap(text -> changed(text, written.get(0)));
        }
        return after.map(text -> diff(stackFile.toString(), lines(before.get()), lines(text)))
                .orElse("");
    }

    private static Optional<String> changed(String text, Written command) {
        var path = Report.path(command);
        return command.value().isEmpty()
                ? StackFileEdit.remove(text, path)
                : StackFileEdit.set(text, path, Report.value(command));
    }

    private Optional<String> text(String file) {
        try {
            var path = project.resolve(file);
            return Files.isRegularFile(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** How one text becomes another; empty for the same. */
    static String diff(String file, List<String> before, List<String> after) {
        var lines = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + file, "b/" + file, before, DiffUtils.diff(before, after), CONTEXT_LINES);
        return String.join("\n", lines);
    }
}
