package streamset.node;

import java.util.List;
import streamset.pod.PodVolume;

/**
 * A script that runs once against the servers, whenever what it depends on has changed.
 *
 * @param purpose what it is for, in a word; part of its name
 * @param retries after a failure; for nodes that go away, since the scripts wait by themselves
 * @param digest changes with the script and with all that it depends on
 */
public record PodJob(String purpose, int retries, String digest, PodContainer container, List<PodVolume> volumes) {
    public PodJob {
        volumes = List.copyOf(volumes);
    }
}
