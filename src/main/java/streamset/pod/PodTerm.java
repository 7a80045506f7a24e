package streamset.pod;

import java.util.List;
import java.util.Optional;

/**
 * Pods to be near to, or away from.
 *
 * @param pods which ones
 * @param label of nodes: those with the same value are near to each other
 * @param namespaces of these pods; with none and without {@code inNamespaces} their own
 */
public record PodTerm(PodSelector pods, String label, List<String> namespaces, Optional<PodSelector> inNamespaces) {
    public PodTerm {
        namespaces = List.copyOf(namespaces);
    }
}
