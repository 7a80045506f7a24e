package streamset.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import streamset.pod.Placement;
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
 * @param placement on which nodes pods run; empty when the feature does not change it
 * @param exposure how clients reach the Services for writing and reading; empty when the feature does not change it
 * @param computed the parameters of PostgreSQL that it sets, and that people may set otherwise
 * @param jobs what the pods of Jobs that query servers have in addition
 * @param check what the pod of the Job that checks conf files has in addition to {@code environment}
 * @param encryption how the servers encrypt connections; empty when they do not
 */
public record Parts(
        List<FixedSetting> settings,
        Optional<WalSpace> walSpace,
        List<PodClaim> claims,
        List<PodVolume> volumes,
        List<PodMount> mounts,
        Map<String, String> environment,
        Optional<Placement> placement,
        Optional<Exposure> exposure,
        List<FixedSetting> computed,
        PodAddition jobs,
        PodAddition check,
        Optional<Encryption> encryption) {
    /** The parts of a feature that the stack does not use. */
    public static final Parts NONE = new Parts(List.of(), Optional.empty(), List.of(), List.of(), List.of(), Map.of());

    /** Those of a feature that changes neither where pods run nor how anybody reaches them. */
    public Parts(
            List<FixedSetting> settings,
            Optional<WalSpace> walSpace,
            List<PodClaim> claims,
            List<PodVolume> volumes,
            List<PodMount> mounts,
            Map<String, String> environment) {
        this(settings, walSpace, claims, volumes, mounts, environment, Optional.empty(), Optional.empty());
    }

    private Parts(
            List<FixedSetting> settings,
            Optional<WalSpace> walSpace,
            List<PodClaim> claims,
            List<PodVolume> volumes,
            List<PodMount> mounts,
            Map<String, String> environment,
            Optional<Placement> placement,
            Optional<Exposure> exposure) {
        this(
                settings,
                walSpace,
                claims,
                volumes,
                mounts,
                environment,
                placement,
                exposure,
                List.of(),
                PodAddition.NONE,
                PodAddition.NONE,
                Optional.empty());
    }

    /** Those of a feature that chooses nodes. */
    public static Parts of(Placement placement) {
        return of(Optional.of(placement), Optional.empty());
    }

    /** Those of a feature that changes how clients reach the Services. */
    public static Parts of(Exposure exposure) {
        return of(Optional.empty(), Optional.of(exposure));
    }

    private static Parts of(Optional<Placement> placement, Optional<Exposure> exposure) {
        return new Parts(List.of(), Optional.empty(), List.of(), List.of(), List.of(), Map.of(), placement, exposure);
    }

    public Parts {
        settings = List.copyOf(settings);
        computed = List.copyOf(computed);
        claims = List.copyOf(claims);
        volumes = List.copyOf(volumes);
        mounts = List.copyOf(mounts);
        environment = new LinkedHashMap<>(environment);
    }

    /** These, and what it takes to encrypt connections. */
    public Parts encrypted(List<FixedSetting> parameters, PodAddition ofJobs, PodAddition ofCheck, Encryption how) {
        return new Parts(
                settings,
                walSpace,
                claims,
                volumes,
                mounts,
                environment,
                placement,
                exposure,
                parameters,
                ofJobs,
                ofCheck,
                Optional.of(how));
    }

    /** All parts of several features. */
    static Parts of(List<Parts> features) {
        var environment = new LinkedHashMap<String, String>();
        features.forEach(parts -> environment.putAll(parts.environment));
        return new Parts(
                all(features, Parts::settings),
                one(features, Parts::walSpace),
                all(features, Parts::claims),
                all(features, Parts::volumes),
                all(features, Parts::mounts),
                environment,
                one(features, Parts::placement),
                one(features, Parts::exposure),
                all(features, Parts::computed),
                features.stream().map(Parts::jobs).reduce(PodAddition.NONE, PodAddition::and),
                features.stream().map(Parts::check).reduce(PodAddition.NONE, PodAddition::and),
                one(features, Parts::encryption));
    }

    /** Each of these parts belongs to one feature. */
    private static <T> Optional<T> one(List<Parts> features, Function<Parts, Optional<T>> part) {
        return features.stream().flatMap(parts -> part.apply(parts).stream()).findFirst();
    }

    private static <T> List<T> all(List<Parts> features, Function<Parts, List<T>> part) {
        return features.stream().map(part).flatMap(List::stream).toList();
    }

    /** The claims, and before them that of the volume that every pod has. */
    Stream<PodClaim> claimsWith(PodClaim data) {
        return Stream.concat(Stream.of(data), claims.stream());
    }
}
