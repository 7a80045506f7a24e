package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The API server, where Patroni keeps its state: away, slow, or refusing. */
record ApiServerEvents(FaultCluster cluster) {
    private static final Duration AWAY = Duration.ofSeconds(60); // three leases
    private static final String FOR = " for " + AWAY.toSeconds() + " s";
    private static final Duration STAND = Duration.ofSeconds(3); // less than Patroni's patience (retryTimeout)
    private static final Duration GO = Duration.ofSeconds(1);

    List<Event> all() {
        return List.of(
                frozen(),
                slow(),
                cutOff("API server out of reach of all pods" + FOR, PodFirewall.Cut.API),
                cutOff("API server refuses all pods" + FOR, PodFirewall.Cut.API_REFUSES),
                leaseDeleted(),
                rightsTakenAway());
    }

    private Event frozen() {
        return Event.of("API server frozen" + FOR, () -> {
            Freeze.during(List.of(Daemon.of(Daemon.API_SERVER)), () -> Waiting.pause(AWAY));
            return Instant.now();
        });
    }

    private Event slow() {
        var what = "API server slow" + FOR + ": frozen " + STAND.toSeconds() + " s of "
                + STAND.plus(GO).toSeconds();
        return Event.of(what, () -> {
            Freeze.onAndOffDuring(Daemon.of(Daemon.API_SERVER), STAND, GO, () -> Waiting.pause(AWAY));
            return Instant.now();
        });
    }

    private Event cutOff(String what, PodFirewall.Cut cut) {
        return Event.of(what, () -> {
            new PartialCutEvents(cluster).cutAll(cut, AWAY);
            return Instant.now();
        });
    }

    private Event leaseDeleted() {
        return Event.of("ConfigMap with the lease deleted", () -> {
            var deleted = Instant.now();
            PatroniObjects.of(cluster).deleteLease();
            return deleted;
        });
    }

    private Event rightsTakenAway() {
        return Event.of("rights of the pods taken away" + FOR, () -> {
            var objects = PatroniObjects.of(cluster);
            var rights = objects.rights();
            objects.forbid(rights);
            try {
                Waiting.pause(AWAY);
            } finally {
                objects.permit(rights);
            }
            return Instant.now();
        });
    }
}
