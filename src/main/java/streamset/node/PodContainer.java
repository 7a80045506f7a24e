package streamset.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import streamset.pod.PodMount;

/**
 * A container of the image of the cluster.
 *
 * @param environment in this order
 */
public record PodContainer(String name, List<String> command, Map<String, String> environment, List<PodMount> mounts) {
    public PodContainer {
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        mounts = List.copyOf(mounts);
    }
}
