package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.outputs.PersistentVolumeClaimSpec;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.resources.CustomResourceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.config.ByteSize;

/**
 * The claims that the last update of a stack left: their size and their StorageClass are among its outputs. Whether the
 * class lets volumes grow is asked only when they are to grow.
 */
public final class DeployedClaims {
    public static final String OUTPUT = "volumes";

    private static final String VOLUME = "volume";
    private static final String SIZE = "size";
    private static final String CLASS = "className";

    private final ClusterSpec spec;
    private final Provider provider;
    private final Map<String, Boolean> growing = new HashMap<>(); // by StorageClass

    private DeployedClaims(ClusterSpec spec, Provider provider) {
        this.spec = spec;
        this.provider = provider;
    }

    /**
     * The output: every volume with its size, and the class that the cluster gave the claim of the first pod.
     *
     * @param claims of the first pod
     */
    static Output<List<Map<String, String>>> output(ClusterSpec spec, List<PersistentVolumeClaim> claims) {
        var volumes = new ArrayList<Output<Map<String, String>>>();
        for (var claim : VolumeClaim.all(spec)) {
            volumes.add(claims.get(volumes.size())
                    .spec()
                    .applyValue(given -> Map.of(
                            VOLUME, claim.volume(),
                            SIZE, claim.size().quantity(),
                            CLASS, className(given))));
        }
        return Output.all(volumes);
    }

    /** Nothing comes back from an engine that only records what is declared. */
    private static String className(PersistentVolumeClaimSpec given) {
        return Optional.ofNullable(given)
                .flatMap(PersistentVolumeClaimSpec::storageClassName)
                .orElse("");
    }

    /** @param recorded the output of the last update */
    public static List<ExistingClaim> of(ClusterSpec spec, List<?> recorded, Provider provider) {
        var deployed = new DeployedClaims(spec, provider);
        return recorded.stream()
                .map(Map.class::cast)
                .flatMap(volume -> VolumeClaim.all(spec).stream()
                        .filter(declared -> declared.volume().equals(volume.get(VOLUME)))
                        .map(declared -> deployed.claim(declared, volume)))
                .toList();
    }

    private ExistingClaim claim(VolumeClaim declared, Map<?, ?> recorded) {
        var size = ByteSize.parseQuantity(recorded.get(SIZE).toString());
        var className = recorded.get(CLASS).toString();
        return new ExistingClaim(
                spec.names().claim(declared.volume(), 0),
                size,
                Optional.of(size),
                className,
                declared.size().compareTo(size) <= 0 || growing(className));
    }

    /** Who may not make namespaces may hardly read classes; there the cluster itself refuses. */
    private boolean growing(String className) {
        if (!spec.config().createNamespace()) {
            return true;
        }
        return !className.isEmpty() && growing.computeIfAbsent(className, this::ask);
    }

    private boolean ask(String className) {
        var options = CustomResourceOptions.builder().provider(provider).build();
        var found = StorageClass.get(className, Output.of(className), options);
        return Internal.of(found.allowVolumeExpansion())
                .getValueOptional()
                .join()
                .orElse(false);
    }
}
