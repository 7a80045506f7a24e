package streamset.node;

import java.util.List;
import streamset.pod.PodVolume;
import streamset.units.ByteSize;

/**
 * A script that runs again and again, at the times that a stack says.
 *
 * @param kind one word; part of its name
 * @param schedule as cron writes it, in UTC
 * @param image that the script runs in
 * @param memory of its container
 */
public record ScheduledJob(
        String kind, String schedule, String image, Memory memory, PodContainer container, List<PodVolume> volumes) {
    /** The name of the container of those that only ask the archiver. */
    static final String ASKING = "backup";

    /**
     * Memory of a container.
     *
     * @param request what the scheduler sets aside
     */
    public record Memory(ByteSize request, ByteSize limit) {
        /** Of psql and bash. */
        public static final Memory OF_SCRIPTS = new Memory(ByteSize.ofMegabytes(64), ByteSize.ofMegabytes(64));
    }

    public ScheduledJob {
        volumes = List.copyOf(volumes);
    }

    /** Whether each of its pods has one, for as long as there is the pod. */
    public boolean hasOwnVolume() {
        return volumes.stream().anyMatch(PodVolume.OfItsOwn.class::isInstance);
    }
}
