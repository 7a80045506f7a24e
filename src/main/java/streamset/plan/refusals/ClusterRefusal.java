package streamset.plan.refusals;

import java.util.Optional;
import streamset.cluster.Place;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/** No update goes to another Kubernetes cluster: it would create a new, empty PostgreSQL cluster there. */
public record ClusterRefusal(Place before, Place after, Problems problems) {
    private static final String KEY = "kubernetes:context";
    private static final ConfigCommand CONTEXT = new ConfigCommand("kubernetes:", "context", false);
    private static final String LOST =
            ": under another one a new, empty cluster would take its place, and the data would stay behind";

    /** Before the uid was read from the cluster; refuses only what does not depend on it. */
    public void checkBeforeTheUidIsRead() {
        if (before.uid().isEmpty() || after.uid().isPresent()) {
            check();
        }
    }

    /** Compares everything that is known about both. */
    public void check() {
        if (before.uid().isPresent() && after.uid().isPresent()) {
            if (!before.uid().equals(after.uid())) {
                refuseOtherCluster(before.uid().get(), after.uid().get());
            }
        } else if (before.context().isPresent()
                && after.context().isPresent()
                && !before.context().equals(after.context())) {
            refuseOtherContext(before.context().get(), after.context().get());
        }
    }

    private void refuseOtherCluster(String old, String now) {
        problems.add(
                KEY,
                after.context().orElse(""),
                "leads to the Kubernetes cluster " + now
                        + " (uid of its namespace kube-system), and the deployed cluster is in " + old + LOST,
                CONTEXT.set("<the context of that one>") + "; for another cluster: pulumi stack init <name>"
                        + "\nor, if that one is gone for good: pulumi refresh, then: pulumi up");
    }

    private void refuseOtherContext(String old, String now) {
        problems.add(
                KEY,
                now,
                "the deployed cluster was reached by the context " + old + LOST,
                CONTEXT.set(old) + "; for another cluster: pulumi stack init <name>"
                        + "\nor, if both lead to the same: kubectl config rename-context " + now + " " + old
                        + ", then: "
                        + CONTEXT.set(old));
    }

    /** The words for another context that may lead to the same cluster. */
    public Optional<String> words() {
        return before.context()
                .filter(old ->
                        after.context().isPresent() && !after.context().get().equals(old))
                .map(
                        old -> "the context changes from " + old + " to "
                                + after.context().get()
                                + "; unless both lead to the same Kubernetes cluster, the update ends before it changes anything");
    }
}
