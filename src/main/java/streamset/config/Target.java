package streamset.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;
import streamset.problems.ShellWord;

/**
 * The Kubernetes cluster to deploy to. It must be named: nothing is ever deployed to whatever context happens to be the
 * current one.
 *
 * @param context a context of the kubeconfig
 * @param kubeconfig path or contents, which are kept encrypted; empty for kubectl's own default
 */
public record Target(String context, Optional<String> kubeconfig) {
    /** Reads {@code kubernetes:context} and {@code kubernetes:kubeconfig}. */
    public static Target from(RawConfig raw, Problems problems) {
        var section = Section.of("kubernetes", raw, problems);
        var context = section.value("context", Target::context, "", "<context>");
        if (context.isEmpty() && !section.isFaulty("context")) {
            section.problem(
                    "context",
                    Section.NOT_SET,
                    "the cluster must be named, so that nothing is deployed to whatever context is the current one",
                    section.setCommand("context", "<one of: kubectl config get-contexts -o name>"));
        }
        var kubeconfig = section.value("kubeconfig", Optional::of, Optional.<String>empty(), "~/.kube/config");
        if (kubeconfig.filter(Target::isContents).isPresent() && section.hasClearText("kubeconfig")) {
            section.problem(
                    "kubeconfig",
                    Section.CLEAR_TEXT,
                    "it lets anyone who reads it act as its users, so it must be stored encrypted",
                    new ConfigCommand("kubernetes:", "kubeconfig", true).set("\"$(cat ~/.kube/config)\""));
        }
        section.rejectUnknown(); // an explicit provider would silently ignore them
        return new Target(context, kubeconfig);
    }

    private static String context(String text) {
        if (text.startsWith("{") || text.startsWith("[")) { // how the engine hands over what is no single value
            throw new IllegalArgumentException("must be the name of a context, not an object or a list");
        }
        return text;
    }

    /** kubectl with the options that choose this cluster. */
    public String kubectl() {
        var file = kubeconfig.filter(text -> !isContents(text)).map(path -> " --kubeconfig " + ShellWord.quoted(path));
        return "kubectl" + file.orElse("") + " --context " + ShellWord.quoted(context);
    }

    /**
     * The same as arguments of a process.
     *
     * @param file receives the kubeconfig if the stack has its contents
     */
    public List<String> kubectlCommand(Path file) throws IOException {
        var command = new ArrayList<>(List.of("kubectl", "--context", context));
        if (kubeconfig.isPresent()) {
            var text = kubeconfig.get();
            var path = isContents(text) ? Files.writeString(file, text) : Path.of(text);
            command.addAll(List.of("--kubeconfig", path.toString()));
        }
        return command;
    }

    /** Whether the value is the contents of a kubeconfig; otherwise it is a path. */
    public static boolean isContents(String kubeconfig) {
        return kubeconfig.lines().count() > 1 || kubeconfig.startsWith("{");
    }
}
