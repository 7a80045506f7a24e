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
 * The Kubernetes cluster to deploy to. It has to be named: nothing is ever deployed to whatever context happens to be
 * the current one.
 *
 * @param context a context of the kubeconfig
 * @param kubeconfig path or contents, which are kept encrypted; empty for kubectl's own default
 */
public record Target(String context, Optional<String> kubeconfig) {
    /** Reads {@code kubernetes:context} and {@code kubernetes:kubeconfig}. */
    public static Target from(RawConfig raw, Problems problems) {
        var section = Section.of("kubernetes", raw, problems);
        var context = section.value("context", text -> text, "", "<context>");
        if (context.isEmpty()) {
            section.problem(
                    "context",
                    Section.NOT_SET,
                    "the cluster must be named, so that nothing lands in whatever context is the current one",
                    section.setCommand("context", "<one of: kubectl config get-contexts -o name>"));
        }
        var kubeconfig = section.value("kubeconfig", Optional::of, Optional.<String>empty(), "~/.kube/config");
        if (kubeconfig.filter(Target::isContents).isPresent() && !section.isSecret("kubeconfig")) {
            section.problem(
                    "kubeconfig",
                    "[clear text]",
                    "whoever reads it can do what its users may; it must be stored encrypted",
                    new ConfigCommand("kubernetes:", "kubeconfig", true).set("\"$(cat ~/.kube/config)\""));
        }
        section.rejectUnknown(); // an explicit provider would ignore them without a word
        return new Target(context, kubeconfig);
    }

    /** kubectl with the options that choose this cluster. */
    public String kubectl() {
        var file = kubeconfig.filter(text -> !isContents(text)).map(path -> " --kubeconfig " + ShellWord.quoted(path));
        return "kubectl" + file.orElse("") + " --context " + ShellWord.quoted(context);
    }

    /**
     * The same as arguments of a process.
     *
     * @param file gets the kubeconfig where the stack has its contents
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

    /** Whether a kubeconfig is given as what stands in it; else it is the path of one. */
    public static boolean isContents(String kubeconfig) {
        return kubeconfig.lines().count() > 1 || kubeconfig.startsWith("{");
    }
}
