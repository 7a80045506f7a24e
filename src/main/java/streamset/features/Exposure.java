package streamset.features;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How clients reach the Services for writing and reading.
 *
 * @param type of the Services; empty for Kubernetes' default, an address inside the cluster
 * @param annotations that tell a cloud which load balancer it makes
 * @param sourceRanges the addresses that the load balancer lets in; all if there are none
 */
public record Exposure(Optional<String> type, Map<String, String> annotations, List<String> sourceRanges)
        implements Part {
    /** Inside the Kubernetes cluster only. */
    public static final Exposure INSIDE = new Exposure(Optional.empty(), Map.of(), List.of());

    public Exposure {
        annotations = new TreeMap<>(annotations);
        sourceRanges = List.copyOf(sourceRanges);
    }
}
