package streamset.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * The commands of a remedy as edits of stack files, because in a pull request nobody has the CLI: each is a whole line that can
 * be pasted, with its place, and alternatives are edits of their own.
 *
 * @param files of the stack that a command belongs to
 */
record Edits(Function<Written, StackFiles> files) {
    private static final String COMMAND = "\0"; // which no remedy contains
    private static final String THEN = "then";
    private static final Pattern THENS = Pattern.compile("[;,\\s]*\\bthen\\b:?");
    private static final Pattern AND = Pattern.compile("\\s*,? and ");

    /** The problem with the edits below its remedy; the same where no edit does what the commands do. */
    Problem beside(Problem problem) {
        var commands = new ArrayList<Written>();
        var words = ConfigCommand.replaced(problem.fix(), command -> {
                    commands.add(command);
                    return COMMAND;
                })
                .split(COMMAND, -1);
        var lines = new ArrayList<>(List.of(problem.fix()));
        Map<Path, Optional<StackText>> texts = new HashMap<>(); // as the edits before have left them
        for (int i = 0; i < commands.size(); i++) {
            boolean isFurtherStep =
                    i > 0 && (isThen(words[i]) || AND.matcher(words[i]).matches());
            if (!isFurtherStep) {
                texts.clear();
            } else {
                lines.addAll(isThen(words[i]) ? stepsBetween(words[i]) : List.of());
            }
            var link = !isFurtherStep ? "or " : isThen(words[i]) ? "then " : "and ";
            edit(commands.get(i), texts).ifPresent(edit -> lines.add(link + edit));
        }
        return new Problem(problem.subject(), problem.value(), problem.reason(), String.join("\n", lines));
    }

    private static boolean isThen(String words) {
        return THENS.matcher(words).find();
    }

    /** What is to be done after one command and before the next. */
    private static List<String> stepsBetween(String words) {
        return THENS.splitAsStream(words)
                .map(step -> step.strip().replaceFirst("[;,]$", ""))
                .filter(step -> !step.isEmpty() && !step.startsWith("set each"))
                .map(step -> THEN + ": " + step)
                .toList();
    }

    private Optional<String> edit(Written command, Map<Path, Optional<StackText>> texts) {
        if (command.isSecret()) {
            return Optional.empty(); // only the CLI encrypts
        }
        var stack = files.apply(command);
        var file = stack.config();
        var before = texts.computeIfAbsent(file, any -> text(stack));
        var after = before.map(text -> Report.changed(text, command)).filter(text -> !text.equals(before.get()));
        if (after.isEmpty()) {
            return Optional.of("in " + file + ": " + ConfigEdit.text(command));
        }
        texts.put(file, after);
        return Optional.of(difference(file, before.get().text(), after.get().text()));
    }

    /** Empty when it is not YAML, has no keys, or has a value that stands for several. */
    private static Optional<StackText> text(StackFiles stack) {
        try {
            var problems = new Problems();
            var text = stack.configText(problems);
            return problems.isEmpty() && text.hasKeys() ? Optional.of(text) : Optional.empty();
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    /** One text as the other with a few lines changed. */
    private static String difference(Path file, String before, String after) {
        var old = before.lines().toList();
        var now = after.lines().toList();
        int first = 0;
        while (first < Math.min(old.size(), now.size()) && old.get(first).equals(now.get(first))) {
            first++;
        }
        int same = 0; // at the end
        while (same < Math.min(old.size(), now.size()) - first
                && old.get(old.size() - 1 - same).equals(now.get(now.size() - 1 - same))) {
            same++;
        }
        int removed = old.size() - first - same;
        var added = String.join("\n", now.subList(first, now.size() - same));
        if (added.isEmpty()) {
            return "delete " + lines(first + 1, removed) + " of " + file;
        } else if (removed == 0) {
            return "write after " + file + ":" + first + ": " + added;
        }
        return removed == 1
                ? "write in " + file + ":" + (first + 1) + ": " + added
                : "write in place of " + lines(first + 1, removed) + " of " + file + ": " + added;
    }

    private static String lines(int first, int count) {
        return count == 1 ? "line " + first : "lines " + first + " … " + (first + count - 1);
    }
}
