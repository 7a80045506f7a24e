package streamset.node;

import java.util.List;

/**
 * A command by which the kubelet asks a container how it is.
 *
 * @param periodSeconds between two questions
 * @param failures in a row, after which the answer counts as no
 */
public record PodProbe(List<String> command, int periodSeconds, int failures, int timeoutSeconds) {
    public PodProbe {
        command = List.copyOf(command);
    }
}
