package streamset.node;

import java.util.List;
import streamset.pod.PodVolume;

/**
 * The pod that a server runs in.
 *
 * @param init prepares the data directory; ends before the server starts
 * @param server runs the server
 * @param startup until it succeeds, the other two do not run; then a rolling restart goes on to the next pod
 * @param readiness whether Services send connections here
 * @param liveness when it fails, the container is restarted
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
