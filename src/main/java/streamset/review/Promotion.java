package streamset.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import streamset.plan.Table;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;
import streamset.problems.Problems;
import streamset.review.StackLeaves.Leaf;

/**
 * What one stack is meant to do, given to another: version, image, parameters, conf files, features. Sizes, names and places
 * stay as they are.
 *
 * @param sizes rows of what differs and stays: name, value there, value here
 * @param before the files of the stack that gets it
 * @param after the same with what it gets
 * @param snapshot the objects that come of it, as they are kept for reviews
 */
record Promotion(
        String from,
        String to,
        List<List<String>> sizes,
        Map<Path, Optional<String>> before,
        Map<Path, Optional<String>> after,
        String snapshot) {
    private static final String NOT_SET = "(not set)";

    /** @throws BadInput when one of the stacks cannot be used, or could not be with what it gets */
    static Promotion of(StackFiles from, StackFiles to) {
        var problems = new Problems();
        boolean both = from.isThere("FROM", problems) & to.isThere("TO", problems);
        if (both && from.stack().equals(to.stack())) {
            problems.add("TO", to.stack(), "is the stack FROM itself", "TO=<another stack>");
        }
        problems.throwIfAny();
        var given = StackLeaves.of(OfStack.alone(from).read(from::raw));
        OfStack.alone(from).tried(() -> from.tried(from.texts()));
        var here = StackLeaves.of(OfStack.alone(to).read(to::raw));
        var before = to.texts();
        var text = edited(given, here, to, problems);
        problems.throwIfAny();
        var after = new TreeMap<>(to.confOf(from));
        after.put(to.config(), Optional.of(text));
        var fault = new OfStack(
                problem -> to.config() + ", as " + from.stack() + " would have it",
                command -> isTaken(ConfigEdit.path(command), given, here) ? from : to);
        return new Promotion(
                from.stack(), to.stack(), sizes(given, here), before, after, tried(from, to, after, fault));
    }

    /** What is wrong is wrong with files that nobody has seen yet: some values of them are those of the other stack. */
    private static String tried(StackFiles from, StackFiles to, Map<Path, Optional<String>> after, OfStack fault) {
        return fault.tried(() -> {
            try {
                return to.tried(after);
            } catch (BadInput e) {
                throw e.with(problem -> new Problem(
                        from.withOwnConf(problem.subject(), to),
                        problem.value(),
                        from.withOwnConf(problem.reason(), to),
                        from.withOwnConf(problem.fix(), to)));
            }
        });
    }

    private static String edited(StackLeaves given, StackLeaves here, StackFiles to, Problems problems) {
        var edited = OfStack.alone(to).read(to::configText);
        for (String name : names(given, here)) {
            var there = given.values().get(name);
            var own = here.values().get(name);
            if (isTaken(there, own, given, here) && !isEqual(there, own)) {
                edited = there == null ? edited.without(own.steps()) : with(edited, there, own, to, problems);
            }
        }
        return edited.text();
    }

    private static boolean isEqual(Leaf there, Leaf own) {
        return there != null && own != null && there.text().equals(own.text());
    }

    private static TreeSet<String> names(StackLeaves given, StackLeaves here) {
        var names = new TreeSet<>(given.values().keySet());
        names.addAll(here.values().keySet());
        return names;
    }

    /** Whether a volume for WAL is there is taken over, but not how large it is where both have one. */
    private static boolean isTaken(Leaf there, Leaf own, StackLeaves given, StackLeaves here) {
        var leaf = there == null ? own : there;
        return leaf.isIntent() || leaf.isOfVolume() && given.hasVolume() != here.hasVolume();
    }

    private static boolean isTaken(List<String> steps, StackLeaves given, StackLeaves here) {
        var leaf = new Leaf(steps, "");
        return isTaken(leaf, leaf, given, here);
    }

    private static StackText with(StackText text, Leaf there, Leaf own, StackFiles to, Problems problems) {
        if (there.isEncrypted()) {
            var path = there.path();
            int last = path.lastIndexOf('.') + 1;
            problems.add(
                    to.config().toString(),
                    path + " = " + StackFile.HIDDEN,
                    "is encrypted, and nobody but the stack that has it can read it",
                    ConfigCommand.ofStack(
                            new ConfigCommand(path.substring(0, last), path.substring(last), true).set("<value>"),
                            command -> to.stack()));
            return text;
        }
        return text.with(own == null ? there.steps() : own.steps(), ConfigEdit.yaml(there.text()));
    }

    private static List<List<String>> sizes(StackLeaves given, StackLeaves here) {
        var rows = new ArrayList<List<String>>();
        for (String name : names(given, here)) {
            var there = given.values().get(name);
            var own = here.values().get(name);
            if (!isTaken(there, own, given, here) && !isEqual(there, own)) {
                rows.add(List.of(name, shown(there), shown(own)));
            }
        }
        return rows;
    }

    private static String shown(Leaf leaf) {
        if (leaf == null || leaf.text().isEmpty()) {
            return NOT_SET;
        }
        boolean isSecret =
                leaf.path().startsWith("streamset:passwords") || leaf.text().contains("\n"); // a kubeconfig
        return isSecret ? StackFile.HIDDEN : leaf.text();
    }

    boolean isEmpty() {
        return before.equals(after);
    }

    /** What a person reads in lines that begin with #, and behind it what {@code git apply} takes. */
    String text() {
        var head = new StringBuilder("# what " + from + " is meant to do, for " + to
                + (isEmpty() ? ": nothing differs" : ": the diff below") + "\n");
        if (!sizes.isEmpty()) {
            var rows = new ArrayList<>(List.of(List.of("what stays as it is", from, to)));
            rows.addAll(sizes);
            Table.text(rows)
                    .lines()
                    .forEach(
                            line -> head.append(("#   " + line).stripTrailing()).append('\n'));
        }
        return head + GitDiff.of(before, after);
    }

    /** The files to write: those that differ, and the reviewed objects. */
    Map<Path, Optional<String>> changed() {
        var changed = new TreeMap<>(after);
        changed.entrySet().removeIf(file -> file.getValue().equals(before.get(file.getKey())));
        changed.put(Path.of("stacks", to, "manifests.yaml"), Optional.of(snapshot));
        return changed;
    }
}
