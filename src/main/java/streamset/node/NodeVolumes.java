package streamset.node;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;
import streamset.pod.VolumeKind;

/** The volumes of pods that run node scripts, and where they are mounted. */
public record NodeVolumes(ClusterSpec spec) {
    /** The volume with the scripts. */
    public static final String SCRIPTS = "scripts";

    private static final String TOPOLOGY = "topology";
    private static final String CONFIGS = "configs"; // the declared conf files
    private static final String CONF = "conf"; // the copies that the server reads
    private static final String RUN = "run";
    private static final String TMP = "tmp";
    /** The volume at {@code /dev/shm}, in memory. */
    public static final String SHARED_MEMORY = "shm";

    List<PodMount> ofInit() {
        return Stream.of(
                        claims(),
                        Stream.of(declaredConf(), PodMount.writable(CONF, Paths.CONF)),
                        declared(),
                        Stream.of(PodMount.writable(RUN, Paths.RUN), PodMount.writable(TMP, Paths.TMP)),
                        spec.features().parts().ofServers().mounts().stream())
                .flatMap(mounts -> mounts)
                .toList();
    }

    List<PodMount> ofServer() {
        return Stream.of(
                        ofInit().stream(),
                        Stream.of(PodMount.writable(SHARED_MEMORY, Paths.SHARED_MEMORY)),
                        new ArchiveContainers(spec).mountsOfServer())
                .flatMap(mounts -> mounts)
                .toList();
    }

    /** Of the container that fills the volumes: it reads who is primary, and the conf files, and starts a server for a while. */
    List<PodMount> ofRestore() {
        return Stream.of(
                        claims(),
                        Stream.of(
                                declaredConf(),
                                scripts(),
                                PodMount.readOnly(TOPOLOGY, Paths.TOPOLOGY),
                                run(),
                                PodMount.writable(SHARED_MEMORY, Paths.SHARED_MEMORY)))
                .flatMap(mounts -> mounts)
                .toList();
    }

    PodMount scripts() {
        return PodMount.readOnly(SCRIPTS, Paths.SCRIPTS);
    }

    /** The folder of the server's socket. */
    PodMount run() {
        return PodMount.writable(RUN, Paths.RUN);
    }

    private Stream<PodMount> claims() {
        return spec.claims().stream().map(claim -> writable(claim.kind()));
    }

    static PodMount writable(VolumeKind kind) {
        return PodMount.writable(kind.name(), kind.path());
    }

    private static Stream<PodMount> declared() {
        return Stream.of(
                PodMount.readOnly(SCRIPTS, Paths.SCRIPTS),
                PodMount.readOnly(TOPOLOGY, Paths.TOPOLOGY),
                PodMount.readOnly(PasswordsVolume.NAME, Paths.PASSWORDS));
    }

    /** All volumes except those that the StatefulSet adds from its claim templates. */
    List<PodVolume> ofPod(Scripts scripts) {
        var names = spec.names();
        var ours = List.of(
                new PodVolume.OfConfigMap(CONFIGS, names.configMap(), Map.of()),
                new PodVolume.Empty(CONF, false, Scratch.CONF),
                scripts(names.scripts(scripts.digest()), scripts),
                topology(),
                new PasswordsVolume(spec).ofServer(),
                new PodVolume.Empty(RUN, false, Scratch.RUN),
                new PodVolume.Empty(TMP, false, Scratch.TMP),
                // parallel queries share hashes there, and the container runtime's default has only 64 MiB
                sharedMemory());
        return Stream.concat(ours.stream(), spec.features().parts().ofServers().volumes().stream())
                .toList();
    }

    List<PodMount> mountsOfJob() {
        return Stream.of(
                        declared(),
                        Stream.of(PodMount.writable(TMP, Paths.TMP)),
                        spec.features().parts().ofJobs().mounts().stream())
                .flatMap(mounts -> mounts)
                .toList();
    }

    List<PodVolume> ofJob(Scripts scripts) {
        return ofJob(scripts, new PasswordsVolume(spec).ofJob());
    }

    /** Of a Job that logs in as the nodes do. */
    List<PodVolume> ofJobAsNode(Scripts scripts) {
        return ofJob(scripts, new PasswordsVolume(spec).ofJobAsNode());
    }

    /** @param passwords those that it needs */
    List<PodVolume> ofJob(Scripts scripts, PodVolume passwords) {
        var ours = List.of(
                scripts(spec.names().jobScripts(scripts.digest()), scripts),
                topology(),
                passwords,
                new PodVolume.Empty(TMP, false, Scratch.TMP));
        return Stream.concat(ours.stream(), spec.features().parts().ofJobs().volumes().stream())
                .toList();
    }

    /** Also the conf files, which a new pod has at once. */
    List<PodMount> mountsOfReload() {
        return Stream.concat(mountsOfJob().stream(), Stream.of(declaredConf())).toList();
    }

    List<PodVolume> ofReload(Scripts scripts) {
        return Stream.concat(ofJob(scripts).stream(), Stream.of(ofDeclaredConf()))
                .toList();
    }

    PodMount declaredConf() {
        return PodMount.readOnly(CONFIGS, Paths.DECLARED_CONF);
    }

    PodVolume ofDeclaredConf() {
        return new PodVolume.OfConfigMap(CONFIGS, spec.names().configMap(), Map.of());
    }

    /** The mounts of a server, but with conf files that no server has yet, and with an empty volume for data. */
    List<PodMount> mountsOfCheck() {
        var ours = List.of(
                writable(VolumeKind.DATA),
                PodMount.readOnly(CONFIGS, Paths.CONF),
                PodMount.readOnly(SCRIPTS, Paths.SCRIPTS),
                PodMount.writable(RUN, Paths.RUN),
                PodMount.writable(TMP, Paths.TMP),
                PodMount.writable(SHARED_MEMORY, Paths.SHARED_MEMORY));
        return Stream.concat(ours.stream(), spec.features().parts().ofCheck().mounts().stream())
                .toList();
    }

    List<PodVolume> ofCheck(Scripts scripts) {
        var names = spec.names();
        var ours = List.of(
                new PodVolume.Empty(
                        VolumeKind.DATA.name(),
                        false,
                        Scratch.dataOfCheck(spec.config().wal().segmentSize())),
                new PodVolume.OfConfigMap(CONFIGS, names.candidate(spec.files().revision()), Map.of()),
                scripts(names.jobScripts(scripts.digest()), scripts),
                new PodVolume.Empty(RUN, false, Scratch.RUN),
                new PodVolume.Empty(TMP, false, Scratch.TMP),
                sharedMemory());
        return Stream.concat(ours.stream(), spec.features().parts().ofCheck().volumes().stream())
                .toList();
    }

    /** It counts as memory of the container. */
    private PodVolume sharedMemory() {
        return new PodVolume.Empty(
                SHARED_MEMORY, true, spec.config().resources().memory());
    }

    private static PodVolume scripts(String configMap, Scripts scripts) {
        return new PodVolume.OfConfigMap(SCRIPTS, configMap, scripts.items());
    }

    private PodVolume topology() {
        return new PodVolume.OfConfigMap(TOPOLOGY, spec.names().topology(), Map.of());
    }
}
