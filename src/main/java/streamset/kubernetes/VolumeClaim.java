package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.EphemeralVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimTemplateArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import java.util.List;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.node.Labels;
import streamset.pod.PodClaim;
import streamset.pod.Volume;

/**
 * A pod's claim on a volume. It is a separate resource, under the name that the StatefulSet looks for: a claim that a
 * StatefulSet creates from its template can neither grow nor be kept by declaration.
 *
 * @param claim what it claims
 */
record VolumeClaim(PodClaim claim) {
    // Most StorageClasses bind when the first pod is scheduled, and the pods are declared after the claims.
    private static final String DO_NOT_WAIT = "pulumi.com/skipAwait";

    /** All claims of a pod. */
    static List<VolumeClaim> all(ClusterSpec spec) {
        return spec.claims().stream().map(VolumeClaim::new).toList();
    }

    /** The name of the volume, and of the StatefulSet's claim template. */
    String volume() {
        return claim.kind().name();
    }

    Declarable of(ClusterSpec spec, int ordinal) {
        var name = spec.names().claim(volume(), ordinal);
        return Declarable.of(
                        volume() + "-" + ordinal,
                        PersistentVolumeClaimArgs.builder()
                                .apiVersion("v1")
                                .kind("PersistentVolumeClaim")
                                .metadata(new Metadata(spec)
                                        .of(name, annotations(spec))
                                        .build())
                                .spec(claimSpec())
                                .build(),
                        PersistentVolumeClaim::new)
                .formerly(new FormerName(spec.names().prefix(), name))
                .with(options -> options.retainOnDelete(spec.config().keepVolumes())
                        // a claim can never change its class; another class applies to claims that are created later
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
        return claimSpec(claim.volume());
    }

    /** A claim that a pod brings along, and that goes with it. */
    static EphemeralVolumeSourceArgs ofPod(Volume volume) {
        return EphemeralVolumeSourceArgs.builder()
                .volumeClaimTemplate(PersistentVolumeClaimTemplateArgs.builder()
                        .spec(claimSpec(volume))
                        .build())
                .build();
    }

    private static PersistentVolumeClaimSpecArgs claimSpec(Volume volume) {
        var args = PersistentVolumeClaimSpecArgs.builder()
                .accessModes("ReadWriteOnce")
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of("storage", volume.size().quantity()))
                        .build());
        volume.className().ifPresent(args::storageClassName);
        return args.build();
    }
}
