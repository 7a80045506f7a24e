package streamset.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import streamset.cluster.Deployment;

/**
 * Whether the cluster is whole: the primary writes, all others stream from it on its timeline and have replayed
 * what it had written, it has a slot in use for each of them and no other, and all pods are up to date and ready.
 */
record Health(FaultCluster cluster) {
    private static final String PODS = "jsonpath={.metadata.generation} {.status.observedGeneration} "
            + "{.status.replicas} {.status.readyReplicas} {.status.updatedReplicas}";

    private static final Duration LONG = Duration.ofSeconds(30); // then people want to know for what was waited

    void await() {
        var began = Instant.now();
        var last = new ArrayList<String>();
        Waiting.until(
                "all stream from the primary",
                Limits.HEALTHY,
                () -> {
                    var now = problems();
                    if (now.isEmpty()) {
                        return true;
                    }
                    last.clear();
                    last.addAll(now);
                    return false;
                },
                () -> "\n  " + String.join("\n  ", last));
        if (Duration.between(began, Instant.now()).compareTo(LONG) > 0) {
            System.out.println("  waited long for this: " + last);
        }
    }

    /** What is wrong; nothing when all is well. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        int primary;
        try {
            primary = cluster.primary();
        } catch (AssertionError e) {
            problems.add(e.getMessage());
            return problems;
        }
        try {
            compare(primary, NodeState.of(cluster.server(primary)), problems);
        } catch (SQLException | AssertionError e) {
            problems.add("the primary " + Deployment.pod(primary) + ": " + e.getMessage());
        }
        if (problems.isEmpty()) {
            checkPods(problems); // last, because it costs most
        }
        if (problems.isEmpty()) {
            problems.addAll(cluster.engine().problems(cluster, primary));
        }
        return problems;
    }

    private void compare(int ordinalOfPrimary, NodeState primary, List<String> problems) {
        var name = cluster.engine().upstream(cluster, ordinalOfPrimary);
        var slots = new TreeSet<String>();
        if (!primary.writable()) {
            problems.add("the primary " + Deployment.pod(ordinalOfPrimary) + " does not write: " + primary);
        }
        for (int ordinal = 0; ordinal < cluster.declared().replicas(); ordinal++) {
            if (ordinal != ordinalOfPrimary) {
                slots.add(Deployment.pod(ordinal).replace('-', '_'));
                compare(ordinal, name, primary, problems);
            }
        }
        if (!slots.equals(primary.slots())) {
            problems.add("slots in use are " + primary.slots() + " and not " + slots);
        }
    }

    private void compare(int ordinal, String name, NodeState primary, List<String> problems) {
        try {
            var standby = NodeState.of(cluster.server(ordinal));
            if (!standby.streamsFrom(name)
                    || standby.timeline() != primary.timeline()
                    || standby.position() < primary.position()) {
                problems.add(
                        Deployment.pod(ordinal) + " is not with " + name + ", which is " + primary + ": " + standby);
            }
        } catch (SQLException | AssertionError e) {
            problems.add(Deployment.pod(ordinal) + ": " + e.getMessage());
        }
    }

    private void checkPods(List<String> problems) {
        var answer = cluster.deployment()
                .tryKubectl("get", "statefulset", "postgresql-sfs", "-o", PODS)
                .output();
        var words = answer.split(" ", -1);
        var all = Integer.toString(cluster.declared().replicas());
        boolean whole = words.length == 5
                && words[0].equals(words[1])
                && List.of(words).subList(2, 5).equals(List.of(all, all, all));
        if (!whole) {
            problems.add("pods (generation, seen; all, ready, up to date): " + answer);
        }
    }
}
