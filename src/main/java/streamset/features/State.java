package streamset.features;

import java.util.List;
import java.util.Optional;
import streamset.config.Names;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;

/**
 * What a feature sees of the objects of a cluster, wanted or deployed.
 *
 * @param kubectl kubectl with the option that chooses the Kubernetes cluster, for remedies
 * @param hasPods whether there is a StatefulSet
 * @param claims what each pod claims, data first
 * @param encryption how the servers encrypt connections; empty when they do not
 * @param restored the point in time at which its data began, such as {@code time 2026-11-27 12:00:00+00}; empty when it began empty,
 *     or nothing says so any more
 */
public record State(
        Names names,
        String kubectl,
        boolean hasPods,
        List<PodClaim> claims,
        Optional<Encryption> encryption,
        Optional<String> restored) {
    public State {
        claims = List.copyOf(claims);
    }

    /** Each pod's volume of a kind; empty if pods have none. */
    public Optional<Volume> volume(VolumeKind kind) {
        return claims.stream()
                .filter(claim -> claim.kind().equals(kind))
                .map(PodClaim::volume)
                .findFirst();
    }
}
