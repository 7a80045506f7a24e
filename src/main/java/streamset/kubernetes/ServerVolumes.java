package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.conf.ConfFiles;

/** The volumes of a server pod: what is mounted where, and which claims the StatefulSet binds to it. */
record ServerVolumes(ClusterSpec spec) {
    private static final String MOUNTS = "/var/lib/postgresql/"; // and the volume's name
    private static final String CONFIGS = "configs";
    private static final String RUN = "run";
    private static final String SHARED_MEMORY = "shm";
    private static final String TMP = "tmp";

    /** PGDATA. A folder below the mount point, because a file system's root has lost+found and cannot be renamed. */
    String dataDirectory() {
        return MOUNTS + VolumeClaim.data(spec).volume() + "/pgdata";
    }

    /** Where WAL lies when it has a volume of its own; a folder below the mount point, too. */
    Optional<String> walDirectory() {
        return VolumeClaim.wal(spec).map(claim -> MOUNTS + claim.volume() + "/pg_wal");
    }

    List<VolumeMountArgs> mountsOfInit() {
        var others = Stream.of(configs(), NodeScripts.mount(), NodeScripts.passwordsMount(), run(), tmp());
        return Stream.concat(claimMounts(), others).toList();
    }

    List<VolumeMountArgs> mountsOfServer() {
        return Stream.concat(mountsOfInit().stream(), Stream.of(PodParts.mount(SHARED_MEMORY, "/dev/shm")))
                .toList();
    }

    private Stream<VolumeMountArgs> claimMounts() {
        return VolumeClaim.all(spec).stream().map(claim -> PodParts.mount(claim.volume(), MOUNTS + claim.volume()));
    }

    private static VolumeMountArgs configs() {
        return VolumeMountArgs.builder()
                .name(CONFIGS)
                .mountPath(ConfFiles.DIRECTORY)
                .readOnly(true)
                .build();
    }

    private static VolumeMountArgs run() {
        return PodParts.mount(RUN, "/var/run/postgresql");
    }

    private static VolumeMountArgs tmp() {
        return PodParts.mount(TMP, "/tmp");
    }

    /** All but those that the StatefulSet adds from its claim templates. */
    List<VolumeArgs> volumes() {
        return List.of(
                VolumeArgs.builder()
                        .name(CONFIGS)
                        .configMap(ConfigMapVolumeSourceArgs.builder()
                                .name(spec.names().configMap())
                                .build())
                        .build(),
                NodeScripts.volume(spec),
                NodeScripts.passwordsVolume(spec),
                PodParts.emptyVolume(RUN),
                PodParts.emptyVolume(TMP),
                // parallel queries share memory there, and the container runtime's own has only 64 MiB
                PodParts.memoryVolume(SHARED_MEMORY));
    }

    List<PersistentVolumeClaimArgs> claimTemplates() {
        return VolumeClaim.all(spec).stream()
                .map(claim -> PersistentVolumeClaimArgs.builder()
                        .metadata(ObjectMetaArgs.builder().name(claim.volume()).build())
                        .spec(claim.claimSpec())
                        .build())
                .toList();
    }
}
