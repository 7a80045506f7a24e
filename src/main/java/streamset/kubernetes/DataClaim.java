package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/**
 * The claim on one pod's data volume. A resource of its own, under the name that the StatefulSet looks for: what a
 * StatefulSet makes from its template can neither grow nor be kept by declaration.
 */
final class DataClaim {
    /** The name of the volume, and of the StatefulSet's claim template. */
    static final String VOLUME = "data";

    // Most StorageClasses bind when the first pod is scheduled, and the pods come after the claims.
    private static final String DO_NOT_WAIT = "pulumi.com/skipAwait";

    private static final Map<String, String> ANNOTATIONS = Map.of(DO_NOT_WAIT, "true", Metadata.TAKE_OVER, "true");

    private DataClaim() {}

    static PersistentVolumeClaim of(ClusterSpec spec, int ordinal, CustomResourceOptions.Builder options) {
        var name = spec.names().dataClaim(ordinal);
        return new PersistentVolumeClaim(
                name,
                PersistentVolumeClaimArgs.builder()
                        .metadata(new Metadata(spec.names())
                                .of(name)
                                .annotations(ANNOTATIONS)
                                .build())
                        .spec(claimSpec(spec))
                        .build(),
                options.retainOnDelete(spec.config().keepVolumes()).build());
    }

    static PersistentVolumeClaimSpecArgs claimSpec(ClusterSpec spec) {
        var storage = spec.config().storage();
        var claim = PersistentVolumeClaimSpecArgs.builder()
                .accessModes("ReadWriteOnce")
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of("storage", storage.size().quantity()))
                        .build());
        storage.className().ifPresent(claim::storageClassName);
        return claim.build();
    }
}
