package streamset.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import streamset.pod.PodClaim;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;
import streamset.sizing.WalSpace;

/**
 * What a cluster gets with a feature.
 *
 * @param settings the parameters of PostgreSQL that it fixes
 * @param walSpace the space for pg_wal; empty when the feature does not change it
 * @param claims volumes that each pod claims
 * @param volumes other volumes of the server pods
 * @param mounts where the init container and the server mount {@code volumes}; claims have their own path
 * @param environment variables of these containers, in this order
 */
public record Parts(
        List<FixedSetting> settings,
        Optional<WalSpace> walSpace,
        List<PodClaim> claims,
        List<PodVolume> volumes,
        List<PodMount> mounts,
        Map<String, String> environment) {
    /** The parts of a feature that the stack does not use. */
    public static final Parts NONE = new Parts(List.of(), Optional.empty(), List.of(), List.of(), List.of(), Map.of());

    public Parts {
        settings = List.copyOf(settings);
        claims = List.copyOf(claims);
        volumes = List.copyOf(volumes);
        mounts = List.copyOf(mounts);
        environment = new LinkedHashMap<>(environment);
    }

    /** All parts of several features. */
    static Parts of(List<Parts> features) {
        var environment = new LinkedHashMap<String, String>();
        features.forEach(parts -> environment.putAll(parts.environment));
        return new Parts(
                all(features, Parts::settings),
                features.stream().flatMap(parts -> parts.walSpace.stream()).findFirst(),
                all(features, Parts::claims),
                all(features, Parts::volumes),
                all(features, Parts::mounts),
                environment);
    }

    private static <T> List<T> all(List<Parts> features, Function<Parts, List<T>> part) {
        return features.stream().map(part).flatMap(List::stream).toList();
    }

    /** The claims, and before them that of the volume that every pod has. */
    Stream<PodClaim> claimsWith(PodClaim data) {
        return Stream.concat(Stream.of(data), claims.stream());
    }
}
