package streamset.plan.reading;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import streamset.cluster.Place;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/**
 * The objects of a stack that are there.
 *
 * @param objects each as somebody keeps it: the engine, a file, the cluster itself
 * @param listed the kinds that were looked for; empty for all
 * @param fixedClasses the StorageClasses that do not let volumes grow; empty when nobody has asked
 */
public record DeployedObjects(List<JsonNode> objects, Set<String> listed, Optional<Set<String>> fixedClasses) {
    private static final Set<String> KINDS_OF_KUBECTL =
            Set.of("StatefulSet", "ConfigMap", "Service", "PersistentVolumeClaim", "Job");

    public DeployedObjects {
        objects = List.copyOf(objects);
    }

    /** @param objects of the stack's state, or as they were rendered; others among them do not matter */
    public static DeployedObjects of(List<JsonNode> objects) {
        return new DeployedObjects(ours(objects), Set.of(), Optional.empty());
    }

    /**
     * Of one namespace of a cluster.
     *
     * @param found as of {@code kubectl get statefulset,configmap,service,persistentvolumeclaim,job,storageclass}
     * @param name of the stack's cluster: others may be in the same namespace
     */
    public static DeployedObjects listed(List<JsonNode> found, String name) {
        var fixed = KubernetesObjects.of(found)
                .ofKind("StorageClass")
                .filter(one -> !one.path("allowVolumeExpansion").asBoolean(false))
                .map(one -> one.at("/metadata/name").asString())
                .collect(Collectors.toSet());
        var ours = ours(found).stream()
                .filter(object -> label(object, Labels.INSTANCE).equals(Optional.of(name)))
                .toList();
        return new DeployedObjects(ours, KINDS_OF_KUBECTL, Optional.of(fixed));
    }

    private static List<JsonNode> ours(List<JsonNode> objects) {
        return KubernetesObjects.of(objects).all().stream()
                .filter(object -> label(object, Labels.PART_OF).equals(Optional.of(Labels.PROGRAM)))
                .toList();
    }

    private static Optional<String> label(JsonNode object, String name) {
        return Optional.ofNullable(
                KubernetesObjects.texts(object, "/metadata/labels").get(name));
    }

    /** Whether a missing object of this kind is really not there. */
    public boolean tells(String kind) {
        return listed.isEmpty() || listed.contains(kind);
    }

    /** Whether the cluster itself has listed them, as they are now. */
    boolean isOfTheCluster() {
        return !listed.isEmpty();
    }

    /** Where they are, as far as they tell. */
    public Place place() {
        return KubernetesObjects.of(objects)
                .ofKind("StatefulSet")
                .findFirst()
                .map(ObjectReader::place)
                .orElse(Place.UNKNOWN);
    }

    /** What they mean; empty when there is neither a StatefulSet nor a volume, so that nothing is there to be changed. */
    public Optional<Declaration> declaration(WantedObjects wanted) {
        return ObjectReader.deployed(this, wanted);
    }
}
