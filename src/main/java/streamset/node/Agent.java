package streamset.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.cluster.ClusterSpec;

/**
 * What keeps the servers of a cluster in their roles: what runs in the pods, which Jobs an update runs, and how the Service
 * for writing selects the primary.
 */
public sealed interface Agent permits BashAgent, PatroniAgent {
    /** The agent of a stack. */
    static Agent of(ClusterSpec spec) {
        return spec.config().failover().automatic() ? new PatroniAgent(spec) : new BashAgent(spec);
    }

    /** The pod that each server runs in. */
    ServerPod pod();

    /** The scripts of the server pods. */
    Scripts scripts();

    /** The scripts of the Jobs. */
    Scripts jobScripts();

    /** The Job that must succeed before any pod gets changed conf files: it starts its own server on them. */
    PodJob check();

    /**
     * The Jobs of an update that start as soon as everything that pods read is there.
     *
     * @param deployed the pods that there are before it
     */
    List<PodJob> jobs(DeployedNodes deployed);

    /**
     * The Job that ends when every server that is not declared lost runs in a pod of the declared template: an update ends, and
     * deletes what is no longer declared, only after that.
     *
     * @param template its digest
     */
    PodJob restarted(String template);

    /**
     * The Job that ends when the Service for writing may select the declared primary, or the wished one leads.
     *
     * @param deployed the pods that there are before the update
     */
    PodJob handover(DeployedNodes deployed);

    /**
     * The Job that ends when the declared primary writes: what is no longer declared is deleted only after it. Empty where
     * {@link #handover} waits for that itself.
     *
     * @param deployed the pods that there are before the update
     */
    Optional<PodJob> writable(DeployedNodes deployed);

    /** What runs by itself at some times. */
    List<ScheduledJob> scheduled();

    /** The labels by which the Service for writing selects the primary among the servers of this cluster. */
    Map<String, String> primarySelector();

    /** The ordinal of the pod that a selector of {@link #primarySelector()} selects. */
    Optional<Integer> primaryOf(Map<String, String> selector);

    /** The ServiceAccount by which the server pods use the API server; empty when they have no token for it. */
    Optional<String> serviceAccount();

    /** What kubectl exec calls the pod of the primary. */
    String podOfThePrimary();

    /** The command that prints every node with its role, state and lag, in any pod. */
    List<String> statusCommand();
}
