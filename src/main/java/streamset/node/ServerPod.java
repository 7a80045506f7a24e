package streamset.node;

import java.util.List;
import streamset.pod.PodVolume;

/**
 * The pod that a server runs in.
 *
 * @param init makes the data directory ready; ends before the server starts
 * @param server runs the server
 * @param startup until it says yes, nobody asks the other two; a rolling restart goes on to the next pod then
 * @param readiness whether Services lead here
 * @param liveness when it says no, the container is started anew
 */
public record ServerPod(
        PodContainer init,
        PodContainer server,
        PodProbe startup,
        PodProbe readiness,
        PodProbe liveness,
        List<PodVolume> volumes) {
    /** The name of the container that runs the server. */
    public static final String CONTAINER = "postgresql";

    public ServerPod {
        volumes = List.copyOf(volumes);
    }
}
