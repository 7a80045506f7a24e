package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.node.Claims;
import streamset.node.Labels;
import streamset.units.ByteSize;

/**
 * The claim on a volume that each pod has. A resource of its own, under the name that the StatefulSet looks for: what a
 * StatefulSet makes from its template can neither grow nor be kept by declaration.
 *
 * @param volume the name of the volume, and of the StatefulSet's claim template
 * @param sizeKey the configuration key that sets its size
 * @param className the StorageClass; empty for the cluster's default
 */
record VolumeClaim(String volume, String sizeKey, ByteSize size, Optional<String> className) {
    // Most StorageClasses bind when the first pod is scheduled, and the pods come after the claims.
    private static final String DO_NOT_WAIT = "pulumi.com/skipAwait";

    /** Of the volume for data. */
    static VolumeClaim data(ClusterSpec spec) {
        var storage = spec.config().storage();
        return new VolumeClaim(Claims.DATA, "storage.size", storage.size(), storage.className());
    }

    /** Of the volume for WAL alone, where the stack declares one. */
    static Optional<VolumeClaim> wal(ClusterSpec spec) {
        return spec.config()
                .wal()
                .volume()
                .map(volume -> new VolumeClaim(Claims.WAL, "wal.volume.size", volume.size(), volume.className()));
    }

    /** All that a pod has. */
    static List<VolumeClaim> all(ClusterSpec spec) {
        return Stream.concat(Stream.of(data(spec)), wal(spec).stream()).toList();
    }

    Declarable of(ClusterSpec spec, int ordinal) {
        var name = spec.names().claim(volume, ordinal);
        return Declarable.of(
                        name,
                        PersistentVolumeClaimArgs.builder()
                                .apiVersion("v1")
                                .kind("PersistentVolumeClaim")
                                .metadata(new Metadata(spec)
                                        .of(name, annotations(spec))
                                        .build())
                                .spec(claimSpec())
                                .build(),
                        PersistentVolumeClaim::new)
                .with(options -> options.retainOnDelete(spec.config().keepVolumes())
                        // a claim keeps its class for life; another one holds for the claims that are yet to be made
                        .ignoreChanges("spec.storageClassName"));
    }

    private static Map<String, String> annotations(ClusterSpec spec) {
        return Map.of(
                DO_NOT_WAIT,
                "true",
                Metadata.TAKE_OVER,
                "true",
                Labels.KEEP,
                Boolean.toString(spec.config().keepVolumes()));
    }

    PersistentVolumeClaimSpecArgs claimSpec() {
        var claim = PersistentVolumeClaimSpecArgs.builder()
                .accessModes("ReadWriteOnce")
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of("storage", size.quantity()))
                        .build());
        className.ifPresent(claim::storageClassName);
        return claim.build();
    }
}
