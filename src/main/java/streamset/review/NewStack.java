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
    private static final String DEFAULT_NAMESPACE = "postgresql";
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
            System.err.print(Report.of(e, Path.of("Pulumi." + arguments[0] + ".yaml")));
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
        var raw = model.raw(problems);
        problems.throwIfAny();
        model.tried(model.texts());
        var leaves = StackLeaves.of(raw);
        var namespace = wanted.isEmpty() ? namespace(namespaceOf(raw.values())) : wanted;
        checkPlace(namespace, raw.values().get("kubernetes:context"));
        problems.throwIfAny();
        var left = new ArrayList<String>();
        var texts = new TreeMap<Path, Optional<String>>(made.confOf(model));
        texts.put(made.config(), Optional.of(text(leaves, namespace, left)));
        var snapshot = made.tried(texts);
        texts.values().removeIf(Optional::isEmpty);
        texts.put(Path.of("stacks", made.stack(), "manifests.yaml"), Optional.of(snapshot));
        made.write(texts);
        return told(
                texts,
                left,
                raw.values().getOrDefault("streamset:secretName", "").isEmpty());
    }

    /** A project of another name has no defaults in its Pulumi.yaml. */
    private static String namespaceOf(Map<String, String> values) {
        return values.getOrDefault(NAMESPACE, DEFAULT_NAMESPACE);
    }

    private String namespace(String others) {
        var replaced =
                others.replaceFirst("(^|-)" + Pattern.quote(model.stack()) + "($|-)", "$1" + made.stack() + "$2");
        return replaced.equals(others) ? others + "-" + made.stack() : replaced;
    }

    /** Two stacks in one namespace would have their objects in common. */
    private void checkPlace(String namespace, String context) {
        for (String stack : StackFiles.stacks(made.project())) {
            var values =
                    new StackFiles(made.project(), stack).raw(new Problems()).values();
            if (namespace.equals(namespaceOf(values))
                    && String.valueOf(context).equals(values.get("kubernetes:context"))) {
                problems.add(
                        "NAMESPACE",
                        namespace,
                        "is that of the stack " + stack + " in the same cluster",
                        "NAMESPACE=<another one>");
            }
        }
    }

    private String text(StackLeaves leaves, String namespace, List<String> left) {
        var text = model.configText(problems);
        problems.throwIfAny();
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

    private String told(Map<Path, Optional<String>> texts, List<String> left, boolean passwords) {
        var text = new StringBuilder();
        texts.keySet().forEach(file -> text.append("wrote ").append(file).append('\n'));
        text.append("look through it, then: pulumi stack init ")
                .append(made.stack())
                .append('\n');
        if (passwords) {
            for (String role : List.of("postgres", "replicator")) {
                text.append(new ConfigCommand(PASSWORDS + ".", role, true).set("\"$(openssl rand -base64 24)\""))
                        .append('\n');
            }
        }
        for (String path : left) {
            int last = path.lastIndexOf('.') + 1;
            var key = path.substring(last > 0 ? last : path.indexOf(':') + 1);
            var outer = path.substring(0, path.length() - key.length());
            text.append("only ")
                    .append(model.stack())
                    .append(" can read ")
                    .append(path)
                    .append("; set it again: ");
            text.append(new ConfigCommand(outer, key, true).set("<value>")).append('\n');
        }
        return text.toString();
    }
}
