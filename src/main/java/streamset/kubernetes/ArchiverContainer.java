package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.features.Archive;
import streamset.node.ArchiveContainers;
import streamset.node.Scratch;

/**
 * The container beside a server that brings WAL and base backups to the object store. It has no probes: whatever becomes of the store or
 * of the container, the server goes on.
 */
record ArchiverContainer(ClusterSpec spec, Archive archive) {
    ContainerArgs args() {
        var quantities = Map.of(
                "cpu", archive.resources().cpu().quantity(),
                "memory", archive.resources().memory().quantity());
        return PodParts.container(
                        archive.image(),
                        new ArchiveContainers(spec).archiver(archive),
                        PodParts.resources(
                                quantities,
                                quantities,
                                Scratch.ofArchiver(spec.config().wal().segmentSize())))
                .build();
    }
}
