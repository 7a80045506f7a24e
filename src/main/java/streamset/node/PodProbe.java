package streamset.node;

import java.util.List;
import java.util.Optional;

/**
 * How the kubelet probes a container.
 *
 * @param periodSeconds between two probes
 * @param failures in a row, after which the probe counts as failed
 * @param graceSeconds how long the container gets to end when the probe has failed; empty for as long as the pod gets
 */
public record PodProbe(
        Question question, int periodSeconds, int failures, int timeoutSeconds, Optional<Integer> graceSeconds) {
    /** What the kubelet asks. */
    public sealed interface Question {}

    /** A command in the container, which must succeed. */
    public record Command(List<String> words) implements Question {
        public Command {
            words = List.copyOf(words);
        }
    }

    /** An HTTP request to the pod, which must succeed. */
    public record Get(String path, int port) implements Question {}

    PodProbe(Question question, int periodSeconds, int failures, int timeoutSeconds) {
        this(question, periodSeconds, failures, timeoutSeconds, Optional.empty());
    }
}
