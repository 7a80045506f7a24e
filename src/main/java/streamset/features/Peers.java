package streamset.features;

import java.util.List;

/**
 * The only ones who reach the servers, beside the cluster's own pods.
 *
 * @param all at least one
 */
public record Peers(List<Peer> all) implements Part {
    public Peers {
        all = List.copyOf(all);
    }
}
