package streamset.node;

import java.util.List;
import streamset.pod.PodVolume;

/**
 * A script that runs again and again, at the times that a stack says.
 *
 * @param kind one word; part of its name
 * @param schedule as cron writes it, in UTC
 */
public record ScheduledJob(String kind, String schedule, PodContainer container, List<PodVolume> volumes) {
    /** The name of its container, and of the component in its labels. */
    public static final String CONTAINER = "backup";

    public ScheduledJob {
        volumes = List.copyOf(volumes);
    }
}
