package streamset.node;

import java.util.List;

/**
 * A command by which the kubelet probes a container.
 *
 * @param periodSeconds between two probes
 * @param failures in a row, after which the probe counts as failed
 */
public record PodProbe(List<String> command, int periodSeconds, int failures, int timeoutSeconds) {
    public PodProbe {
        command = List.copyOf(command);
    }
}
