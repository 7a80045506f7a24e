package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import java.util.Map;
import streamset.config.Resources;

/** What server pods and Job pods have in common: user, rights, resources, small writable folders. */
final class PodParts {
    private static final int POSTGRES_UID = 999; // of the official image (Debian variant), user and group

    private PodParts() {}

    static PodSecurityContextArgs podSecurity() {
        return PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .runAsUser(POSTGRES_UID)
                .runAsGroup(POSTGRES_UID)
                .fsGroup(POSTGRES_UID) // else the volume belongs to root and is not writable
                .fsGroupChangePolicy("OnRootMismatch") // else every start walks over all files of a large volume
                .seccompProfile(
                        SeccompProfileArgs.builder().type("RuntimeDefault").build())
                .build();
    }

    static SecurityContextArgs containerSecurity() {
        return SecurityContextArgs.builder()
                .allowPrivilegeEscalation(false)
                .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                .readOnlyRootFilesystem(true)
                .build();
    }

    /** Requests and limits alike, so that no neighbour can take what PostgreSQL was told it has. */
    static ResourceRequirementsArgs resources(Resources resources) {
        var quantities = Map.of(
                "cpu", resources.cpu().quantity(), "memory", resources.memory().quantity());
        return ResourceRequirementsArgs.builder()
                .requests(quantities)
                .limits(quantities)
                .build();
    }

    static VolumeArgs emptyVolume(String name) {
        return VolumeArgs.builder()
                .name(name)
                .emptyDir(EmptyDirVolumeSourceArgs.builder().build())
                .build();
    }

    static VolumeArgs memoryVolume(String name) {
        return VolumeArgs.builder()
                .name(name)
                .emptyDir(EmptyDirVolumeSourceArgs.builder().medium("Memory").build())
                .build();
    }

    static VolumeMountArgs mount(String name, String path) {
        return VolumeMountArgs.builder().name(name).mountPath(path).build();
    }
}
