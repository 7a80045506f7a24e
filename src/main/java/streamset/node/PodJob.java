package streamset.node;

import java.util.List;
import java.util.Optional;
import streamset.pod.PodVolume;

/**
 * A script that runs once against the servers, whenever something that it depends on has changed.
 *
 * @param purpose one word; part of its name
 * @param retries after a failure; for machines that fail, since the scripts themselves wait for servers
 * @param digest changes with the script and with everything that it depends on
 * @param wish the ordinal of the pod that it is for, if it has done its work for good when it has ended: nothing but another wish
 *     lets it run again
 */
public record PodJob(
        String purpose,
        int retries,
        String digest,
        PodContainer container,
        List<PodVolume> volumes,
        Optional<Integer> wish) {
    public PodJob {
        volumes = List.copyOf(volumes);
    }
}
