package streamset.pod;

import java.util.Optional;

/**
 * A taint of nodes that a pod puts up with, in Kubernetes' words.
 *
 * @param key of the taint; empty for any
 * @param operator {@code Exists} or {@code Equal}
 * @param effect empty for any
 * @param seconds for so long it stays on a node that gets the taint; empty for ever
 */
public record Toleration(
        Optional<String> key,
        Optional<String> operator,
        Optional<String> value,
        Optional<String> effect,
        Optional<Integer> seconds) {}
