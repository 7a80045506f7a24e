package streamset.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which pods can be written to, as their servers say: whatever the API server or the declaration says. */
record Writing(FaultCluster cluster) {
    private static final String RECOVERS = "SELECT pg_is_in_recovery()";

    /** They are asked one after the other. */
    List<Integer> ordinals() {
        return IntStream.range(0, cluster.declared().replicas())
                .filter(this::can)
                .boxed()
                .toList();
    }

    private boolean can(int ordinal) {
        return cluster.tryAsk(ordinal, RECOVERS).equals("f");
    }

    /** Waits until one pod can be, and no other; its ordinal. */
    int awaitOne() {
        var last = new ArrayList<Integer>();
        Waiting.until("one pod writes", Limits.HEALTHY, () -> {
            last.clear();
            last.addAll(ordinals());
            return last.size() == 1;
        });
        return last.get(0);
    }
}
