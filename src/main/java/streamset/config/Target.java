package streamset.config;

import java.util.Optional;

/**
 * The Kubernetes cluster to deploy to. It has to be named: nothing is ever deployed to whatever context happens to be
 * the current one.
 *
 * @param context a context of the kubeconfig
 * @param kubeconfig path or contents; empty for kubectl's own default
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
                    "pulumi config set kubernetes:context <one of: kubectl config get-contexts -o name>");
        }
        var kubeconfig = section.value("kubeconfig", Optional::of, Optional.<String>empty(), "~/.kube/config");
        return new Target(context, kubeconfig);
    }

    /** kubectl with the options that choose this cluster. */
    public String kubectl() {
        return "kubectl --context " + context;
    }
}
