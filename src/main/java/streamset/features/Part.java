package streamset.features;

import streamset.pod.Placement;
import streamset.pod.PodClaim;
import streamset.sizing.WalSpace;
import streamset.units.ByteSize;

/**
 * One thing that a cluster gets with a feature. Where it takes effect asks {@link Parts} for things of that kind, so that a new kind
 * is a record and the place where it takes effect, and nothing between them changes.
 */
public interface Part {
    /**
     * Another space for pg_wal than a share of the data volume.
     *
     * @param space where it is, and how large
     */
    record Wal(WalSpace space) implements Part {}

    /**
     * Finished WAL that may wait for an archive.
     *
     * @param size how much; beyond it archiving gives up, and not the volume
     */
    record Queue(ByteSize size) implements Part {}

    /**
     * A volume that each server pod claims, and mounts at its own path.
     *
     * @param claim its kind and size
     */
    record Claimed(PodClaim claim) implements Part {}

    /**
     * On the server pods, for the init container and the server.
     *
     * @param addition what they have in addition
     */
    record OfServers(PodAddition addition) implements Part {}

    /**
     * On the pods of Jobs that query servers.
     *
     * @param addition what they have in addition
     */
    record OfJobs(PodAddition addition) implements Part {}

    /**
     * On the pod of the Job that checks conf files, which also has the environment of the server pods.
     *
     * @param addition what it has in addition
     */
    record OfCheck(PodAddition addition) implements Part {}

    /**
     * Other nodes than by default.
     *
     * @param placement on which nodes pods run
     */
    record Nodes(Placement placement) implements Part {}

    /**
     * Huge pages, for the shared memory of the servers.
     *
     * @param size what each server pod gets of them
     */
    record HugePages(ByteSize size) implements Part {}
}
