package streamset.cluster;

import java.util.Optional;
import streamset.config.Target;
import streamset.problems.ShellWord;

/**
 * The Kubernetes cluster that objects are in.
 *
 * @param context of the kubeconfig by which it was reached; empty when that is not known
 * @param uid of its namespace {@code kube-system}, which is unique to the cluster; empty when that is not known
 */
public record Place(Optional<String> context, Optional<String> uid) {
    /** Nothing is known. */
    public static final Place UNKNOWN = new Place(Optional.empty(), Optional.empty());

    /** The target of a stack, as far as its configuration names it. */
    public static Place of(Target target) {
        return new Place(Optional.of(target.context()), Optional.empty());
    }

    /** kubectl with the option that chooses this cluster, as far as it is known. */
    public String kubectl() {
        return context.map(name -> "kubectl --context " + ShellWord.quoted(name))
                .orElse("kubectl");
    }

    /** The same with the uid that was read from the cluster. */
    public Place withUid(Optional<String> answer) {
        return new Place(context, answer.or(() -> uid));
    }

    /** The same with the recorded uid, if the context is the recorded one. */
    public Place remembering(Place recorded) {
        return uid.isEmpty() && context.equals(recorded.context) ? recorded : this;
    }
}
