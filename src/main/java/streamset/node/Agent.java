package streamset.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.cluster.ClusterSpec;

/**
 * What keeps the servers of a cluster in their roles: what runs in the pods, which Jobs an update takes, and how the Service
 * for writing finds the primary.
 */
public sealed interface Agent permits BashAgent {
    /** The one that a stack asks for. */
    static Agent of(ClusterSpec spec) {
        return new BashAgent(spec);
    }

    /** The pod that each server runs in. */
    ServerPod pod();

    /** The scripts of the server pods. */
    Scripts scripts();

    /** The scripts of the Jobs. */
    Scripts jobScripts();

    /** The Job without which no pod is to get changed conf files: it runs a server of its own on them. */
    PodJob check();

    /** The Jobs of an update that wait for nothing but what pods read. */
    List<PodJob> jobs();

    /** The Job that ends when the declared primary writes. */
    PodJob handover();

    /** What the Service for writing selects the primary by, besides that it is a server of this cluster. */
    Map<String, String> primarySelector();

    /** The ordinal that a selector of {@link #primarySelector()} leads to. */
    Optional<Integer> primaryOf(Map<String, String> selector);

    /** Whether the pods get a token for the API server. */
    boolean usesApiServer();

    /** The command that prints every node with its role, state and lag, in any pod. */
    List<String> statusCommand();
}
