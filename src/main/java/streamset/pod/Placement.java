package streamset.pod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * On which nodes pods run, and how these get the image.
 *
 * @param spread of the server pods
 * @param priorityClass empty for the default of the Kubernetes cluster
 * @param nodeLabels labels that a node must have
 * @param pullSecrets names of Secrets with the credentials for registries
 */
public record Placement(
        List<Spread> spread,
        Optional<String> priorityClass,
        Map<String, String> nodeLabels,
        List<Toleration> tolerations,
        Affinity affinity,
        List<String> pullSecrets) {
    /** That of a stack that says nothing: a small cluster still gets all its pods. */
    public static final Placement DEFAULT = new Placement(
            List.of(new Spread(Spread.HOSTS, false)), Optional.empty(), Map.of(), List.of(), Affinity.NONE, List.of());

    public Placement {
        spread = List.copyOf(spread);
        nodeLabels = new TreeMap<>(nodeLabels);
        tolerations = List.copyOf(tolerations);
        pullSecrets = List.copyOf(pullSecrets);
    }

    /**
     * That of pods with Jobs: on the same nodes as the servers, but neither apart from each other nor from other pods. A Job that
     * had to be alone on a node would wait for ever where each node has a server.
     */
    public Placement ofJobs() {
        return new Placement(List.of(), priorityClass, nodeLabels, tolerations, affinity.ofNodes(), pullSecrets);
    }
}
