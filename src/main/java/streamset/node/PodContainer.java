package streamset.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import streamset.pod.PodMount;

/**
 * A container of the image of the cluster.
 *
 * @param environment in this order
 * @param fields variables that have the value of a field of the pod ({@code status.podIP}), after the others
 */
public record PodContainer(
        String name,
        List<String> command,
        Map<String, String> environment,
        Map<String, String> fields,
        List<PodMount> mounts) {
    public PodContainer {
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        fields = new LinkedHashMap<>(fields);
        mounts = List.copyOf(mounts);
    }

    PodContainer(String name, List<String> command, Map<String, String> environment, List<PodMount> mounts) {
        this(name, command, environment, Map.of(), mounts);
    }

    /** The same with more variables. */
    public PodContainer with(Map<String, String> more) {
        var all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new PodContainer(name, command, all, fields, mounts);
    }
}
