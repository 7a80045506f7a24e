package streamset.features;

import java.util.List;
import java.util.Optional;
import streamset.pod.PodSelector;

/**
 * Who reaches the servers, as an element of {@code from} in a NetworkPolicy says it.
 *
 * @param pods which pods; empty for all in {@code namespaces}
 * @param namespaces of these pods; empty for that of the cluster
 * @param range of addresses, in the notation of CIDR; empty when pods are meant
 * @param except ranges within {@code range} that are not meant
 */
public record Peer(
        Optional<PodSelector> pods, Optional<PodSelector> namespaces, Optional<String> range, List<String> except) {
    public Peer {
        except = List.copyOf(except);
    }
}
