package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Pods that clients still reach, while they reach neither each other nor the API server, or only some of them. */
record PartialCutEvents(FaultCluster cluster) {
    private static final Duration LONG = Duration.ofSeconds(60); // three leases
    private static final String FOR = " for " + LONG.toSeconds() + " s";

    /**
     * A primary that nobody can tell anything goes on until its lease ends, with clients that still reach it: three of them,
     * a row every 50 ms, for the 20 s of a lease. Where commits wait for nobody, that much may be lost.
     */
    private static final int ROWS_OF_A_LEASE = 3 * 20 * (int) (1000 / WriterProgram.INTERVAL_MILLISECONDS);

    List<Event> all() {
        return List.of(
                new NetworkEvents(cluster).cut(0, NetworkEvents.LONG),
                cut(PodFirewall.Cut.PEERS),
                cut(PodFirewall.Cut.API),
                cut(PodFirewall.Cut.PEERS_AND_API).missingAtMost(ROWS_OF_A_LEASE),
                cut(PodFirewall.Cut.ONE_WAY).missingAtMost(ROWS_OF_A_LEASE),
                allCutFromAll().missingAtMost(ROWS_OF_A_LEASE));
    }

    Event cut(PodFirewall.Cut cut) {
        return Event.of(cluster.engine().pod(0) + " cut from " + cut.words + FOR, () -> {
            cut(List.of(cluster.engine().ordinal(cluster, 0)), cut, LONG);
            return Instant.now();
        });
    }

    Event allCutFromAll() {
        return Event.of("all pods cut from each other and from the API server" + FOR, () -> {
            cutAll(PodFirewall.Cut.PEERS_AND_API, LONG);
            return Instant.now();
        });
    }

    void cutAll(PodFirewall.Cut cut, Duration duration) {
        cut(IntStream.range(0, cluster.declared().replicas()).boxed().toList(), cut, duration);
    }

    private void cut(List<Integer> ordinals, PodFirewall.Cut cut, Duration duration) {
        var firewalls = new ArrayList<PodFirewall>();
        ordinals.forEach(ordinal -> firewalls.add(PodFirewall.of(cluster.processes(ordinal))));
        try {
            firewalls.forEach(firewall -> firewall.cut(cut));
            Waiting.pause(duration);
        } finally {
            firewalls.forEach(PodFirewall::heal);
        }
    }
}
