package streamset.cluster;

import java.util.Optional;
import streamset.config.Target;

/**
 * The Kubernetes cluster that objects are in.
 *
 * @param context of the kubeconfig, by which it was reached; empty when that is not known
 * @param uid of its namespace {@code kube-system}, which no other cluster has; empty when that is not known
 */
public record Place(Optional<String> context, Optional<String> uid) {
    /** Nobody knows. */
    public static final Place UNKNOWN = new Place(Optional.empty(), Optional.empty());

    /** Where a stack is to be deployed, as far as its configuration tells. */
    public static Place of(Target target) {
        return new Place(Optional.of(target.context()), Optional.empty());
    }

    /** The same when somebody has asked the cluster who it is. */
    public Place withUid(Optional<String> answer) {
        return new Place(context, answer.or(() -> uid));
    }

    /** The same with what was recorded of it before, where it is reached as before. */
    public Place remembering(Place recorded) {
        return uid.isEmpty() && context.equals(recorded.context) ? recorded : this;
    }
}
