package streamset.node;

import java.util.LinkedHashMap;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.node.ScheduledJob.Memory;
import streamset.pod.PodVolume;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;

/** What restores the newest backup on a volume of its own, to see that it can be done: the only task with the credentials of the store. */
record RestoreTestPod(ClusterSpec spec, Archive archive) {
    static final String SCRIPT = "backup/restoretest.sh";

    // 64 MB of shared buffers, as many for what the check of an index remembers, and two processes of pgBackRest with
    // 56 MB each
    private static final ByteSize USUAL_MEMORY = ByteSize.ofMegabytes(256);

    /** It may have as much memory as a server, which the page cache makes use of. */
    ScheduledJob job(Archive.Task task, Scripts scripts) {
        var memory = spec.config().resources().memory().max(USUAL_MEMORY);
        return new ScheduledJob(
                task.kind(),
                task.schedule(),
                archive.image(),
                new Memory(USUAL_MEMORY, memory),
                container(task),
                Stream.of(
                                Stream.of(
                                        new PodVolume.OfItsOwn(VolumeKind.DATA.name(), roomForAll()),
                                        volumes().ofDeclaredConf()),
                                volumes().ofJobAsNode(scripts).stream(),
                                archive.access(spec.names().backup()).stream())
                        .flatMap(volumes -> volumes)
                        .toList());
    }

    private PodContainer container(Archive.Task task) {
        var environment = new LinkedHashMap<>(Environment.of(spec));
        environment.putAll(spec.features().parts().ofJobs().environment());
        environment.putAll(ArchiveContainers.reaching(archive.repository(), Archive.CONF_MOUNT, Archive.SECRET_MOUNT));
        var mounts = Stream.of(
                        Stream.of(
                                NodeVolumes.writable(VolumeKind.DATA), volumes().declaredConf()),
                        volumes().mountsOfJob().stream(),
                        ArchiveContainers.mounts(archive).stream())
                .flatMap(some -> some)
                .toList();
        return new PodContainer(task.kind(), Scripts.command(SCRIPT), environment, mounts);
    }

    /** What a pod has on several volumes is on one there. */
    private Volume roomForAll() {
        var size = spec.claims().stream().map(claim -> claim.volume().size()).reduce(new ByteSize(0), ByteSize::plus);
        return new Volume(size, spec.config().storage().className());
    }

    private NodeVolumes volumes() {
        return new NodeVolumes(spec);
    }
}
