package streamset.plan.steps;

import java.util.List;
import java.util.stream.Stream;
import streamset.plan.differences.ObjectName;
import streamset.plan.differences.Update;

/** Changes of who reaches the servers over the network, whatever pg_hba.conf says of them. */
record Reach(Update update) {
    private static final String KIND = "NetworkPolicy";

    /** Who no longer does. */
    Stream<String> narrowed() {
        if (!update.before().hasPods()) {
            return Stream.empty();
        }
        return isAdded() || isChanged()
                ? Stream.of(
                        "clients that streamset:clients does not name no longer reach PostgreSQL, if the network of the"
                                + " Kubernetes cluster enforces NetworkPolicies")
                : Stream.empty();
    }

    /** Who does from now on. */
    Stream<String> widened() {
        if (isOurs(update.comparison().removed())) {
            return Stream.of(
                    "every pod of the Kubernetes cluster reaches PostgreSQL: no NetworkPolicy limits that any more");
        }
        return isChanged() ? Stream.of("streamset:clients lets others reach PostgreSQL than before") : Stream.empty();
    }

    private boolean isAdded() {
        return isOurs(update.comparison().added());
    }

    private boolean isChanged() {
        return update.comparison()
                .changedBesidePods()
                .anyMatch(change ->
                        change.object().equals(policy()) && change.difference().isIn("spec", "ingress"));
    }

    private boolean isOurs(List<ObjectName> names) {
        return names.contains(policy());
    }

    private ObjectName policy() {
        return new ObjectName(KIND, update.after().names().serverPolicy());
    }
}
