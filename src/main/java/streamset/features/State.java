package streamset.features;

import java.util.List;
import java.util.Optional;
import streamset.config.Names;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;

/**
 * What the objects of a cluster, wanted or there, tell a feature.
 *
 * @param hasPods whether there is a StatefulSet
 * @param claims what each pod claims, data first
 */
public record State(Names names, boolean hasPods, List<PodClaim> claims) {
    public State {
        claims = List.copyOf(claims);
    }

    /** What each pod has of a kind; empty where it has none. */
    public Optional<Volume> volume(VolumeKind kind) {
        return claims.stream()
                .filter(claim -> claim.kind().equals(kind))
                .map(PodClaim::volume)
                .findFirst();
    }
}
