package streamset.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;

/**
 * What a pod has in addition.
 *
 * @param volumes those without a claim
 * @param mounts where its containers mount them
 * @param environment variables of these containers, in this order
 */
public record PodAddition(List<PodVolume> volumes, List<PodMount> mounts, Map<String, String> environment) {
    /** Nothing. */
    public static final PodAddition NONE = new PodAddition(List.of(), List.of(), Map.of());

    public PodAddition {
        volumes = List.copyOf(volumes);
        mounts = List.copyOf(mounts);
        environment = new LinkedHashMap<>(environment);
    }

    /** Both. */
    public PodAddition and(PodAddition other) {
        var variables = new LinkedHashMap<>(environment);
        variables.putAll(other.environment);
        return new PodAddition(both(volumes, other.volumes), both(mounts, other.mounts), variables);
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
