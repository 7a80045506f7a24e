package streamset.features;

import java.util.List;

/**
 * The only ones who reach the servers, beside the cluster's own pods.
 *
 * @param all at least one
 */
public record Peers(List<Peer> all) implements Part {
    /** The key of the stack that names them. */
    public static final String KEY = "clients";

    public Peers {
        all = List.copyOf(all);
    }
}
