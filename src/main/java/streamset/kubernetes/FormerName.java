package streamset.kubernetes;

import java.util.Optional;
import java.util.Set;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/**
 * The name by which Pulumi recognized an object before all such names began with that of the component: the one that it has in
 * Kubernetes. A state with these names is taken over as it is. At that time every component was called after its cluster.
 *
 * @param cluster the name of the cluster
 */
public record FormerName(String cluster, String name) {
    private static final Set<String> RENAMED =
            Set.of("Namespace", "PersistentVolumeClaim"); // all others are called as ever

    /** The former name of an object; empty for those that are called as ever. */
    public static Optional<FormerName> of(JsonNode object) {
        var labels = KubernetesObjects.texts(object, "/metadata/labels");
        return KubernetesObjects.text(object, "/kind")
                .filter(RENAMED::contains)
                .flatMap(kind -> KubernetesObjects.text(object, "/metadata/name"))
                .map(name -> new FormerName(labels.getOrDefault(Labels.INSTANCE, ""), name));
    }

    /** Whether a component of this name can have had it. */
    public boolean isOf(String component) {
        return cluster.equals(component);
    }
}
