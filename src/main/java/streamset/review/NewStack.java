package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Writes the files of a new stack after those of another one; never over any that are there.
 *
 * <p>Arguments: its name; the name of the other; the namespace, or nothing for one made from the other's.
 */
public final class NewStack {
    private static final Path PROJECT = Path.of("");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"); // Pulumi's rule
    private static final String NAMESPACE = "streamset:namespace";
    private static final String PASSWORDS = "streamset:passwords";

    /** Belongs to one stack alone: its key, its secrets, and what has become of its pods. */
    private static final List<String> ENCRYPTION = List.of("secretsprovider", "encryptedkey", "encryptionsalt");

    private static final List<String> LEFT_OUT = List.of(PASSWORDS, "streamset:primary", "streamset:lost");

    private final StackFiles made;
    private final StackFiles model;
    private final Problems problems = new Problems();

    private NewStack(StackFiles made, StackFiles model) {
        this.made = made;
        this.model = model;
    }

    /** Exit code 0: the files are written; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3 || arguments[0].isEmpty() || arguments[1].isEmpty()) {
            System.err.println("usage: make new-stack STACK=<new stack> FROM=<stack> [NAMESPACE=<namespace>]");
            System.exit(2);
        }
        try {
            System.out.print(write(PROJECT, arguments[0], arguments[1], arguments[2]));
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param namespace empty for one that is made from the other's
     * @return what was written, and what is to be done next
     * @throws BadInput when there is something of that name, or the stack could not be used; nothing is written then
     */
    static String write(Path project, String name, String from, String namespace) throws IOException {
        var stack = new NewStack(new StackFiles(project, name), new StackFiles(project, from));
        stack.check();
        return stack.write(namespace);
    }

    private void check() {
        model.isThere("FROM", problems);
        if (!NAME.matcher(made.stack()).matches()) {
            problems.add(
                    "STACK",
                    made.stack(),
                    "is no name of a stack: letters, digits, '_', '-' and '.', 100 at most",
                    "STACK=<name>");
        } else {
            for (var file : List.of(made.config(), Path.of("stacks", made.stack()))) {
                if (Files.exists(made.project().resolve(file))) {
                    problems.add(file.toString(), "(exists)", "nothing is written over it", "STACK=<another name>");
                }
            }
        }
        problems.throwIfAny();
    }

    private String write(String wanted) throws IOException {
        var ofModel = OfStack.alone(model);
        var raw = ofModel.read(model::raw);
        ofModel.tried(() -> model.tried(model.texts()));
        var leaves = StackLeaves.of(raw);
        var namespace = wanted.isEmpty() ? namespace(Neighbours.namespace(raw.values())) : wanted;
        checkPlace(namespace);
        problems.throwIfAny();
        var left = new ArrayList<String>();
        var texts = new TreeMap<Path, Optional<String>>(made.confOf(model));
        texts.put(made.config(), Optional.of(text(leaves, namespace, left)));
        var snapshot = tried(texts);
        texts.values().removeIf(Optional::isEmpty);
        texts.put(Path.of("stacks", made.stack(), "manifests.yaml"), Optional.of(snapshot));
        made.write(texts);
        boolean passwords =
                raw.values().getOrDefault("streamset:secretName", "").isEmpty();
        return new NextSteps(made.stack(), model.stack()).text(texts.keySet(), left, passwords);
    }

    /** The model can be used, so what is wrong now is wrong with what is new: the namespace. */
    private String tried(Map<Path, Optional<String>> texts) {
        try {
            return made.tried(texts);
        } catch (BadInput e) {
            throw e.with(problem -> problem.subject().equals(NAMESPACE)
                    ? new Problem("NAMESPACE", problem.value(), problem.reason(), namespaceFix(problem.fix()))
                    : problem);
        }
    }

    /** No command changes a stack that is not there yet. */
    private static String namespaceFix(String fix) {
        var values = new ArrayList<String>();
        ConfigCommand.replaced(fix, command -> {
            if (command.key().equals(NAMESPACE)) {
                command.value().ifPresent(values::add);
            }
            return "";
        });
        return "NAMESPACE=" + (values.isEmpty() ? "<another one>" : values.get(0));
    }

    private String namespace(String others) {
        var replaced =
                others.replaceFirst("(^|-)" + Pattern.quote(model.stack()) + "($|-)", "$1" + made.stack() + "$2");
        return replaced.equals(others) ? others + "-" + made.stack() : replaced;
    }

    /** Two stacks in one namespace would have their objects in common. */
    private void checkPlace(String namespace) {
        new Neighbours(made.project())
                .in(namespace, model.stack())
                .forEach(stack -> problems.add(
                        "NAMESPACE",
                        namespace,
                        "is that of the stack " + stack + " in the same cluster",
                        "NAMESPACE=<another one>"));
    }

    private String text(StackLeaves leaves, String namespace, List<String> left) {
        var text = OfStack.alone(model).read(model::configText);
        for (String field : ENCRYPTION) {
            text = text.withoutTopLevel(field);
        }
        for (String key : LEFT_OUT) {
            text = text.without(List.of(key));
        }
        for (var leaf : leaves.values().values()) {
            if (leaf.isEncrypted() && text.has(leaf.steps())) {
                left.add(leaf.path());
                text = text.without(leaf.steps());
            }
        }
        var named = text.with(List.of(NAMESPACE), ConfigEdit.yaml(namespace)).text();
        return named.contains(StackSchema.REFERENCE) ? named : StackSchema.REFERENCE + "\n" + named;
    }
}
