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
 * The deployed objects of a stack.
 *
 * @param objects each in the form of its source: the engine, a file, or the cluster itself
 * @param listed the kinds that were listed; empty for all
 * @param fixedClasses the StorageClasses that do not let volumes grow; empty when that was not read
 */
public record DeployedObjects(List<JsonNode> objects, Set<String> listed, Optional<Set<String>> fixedClasses) {
    private static final Set<String> KINDS_OF_KUBECTL = Set.of(
            "StatefulSet",
            "ConfigMap",
            "Service",
            "PersistentVolumeClaim",
            "PodDisruptionBudget",
            "NetworkPolicy",
            "Job",
            "CronJob");

    public DeployedObjects {
        objects = List.copyOf(objects);
    }

    /** @param objects of the stack's state, or rendered ones; others among them are ignored */
    public static DeployedObjects of(List<JsonNode> objects) {
        return new DeployedObjects(ours(objects), Set.of(), Optional.empty());
    }

    /**
     * The objects of one namespace of a cluster.
     *
     * @param found the output of {@code kubectl get statefulset,configmap,service,persistentvolumeclaim,poddisruptionbudget,networkpolicy,job,cronjob,storageclass}
     * @param name of the stack's cluster: the namespace may contain others
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

    /** Whether objects of this kind were listed, so that a missing one really does not exist. */
    public boolean lists(String kind) {
        return listed.isEmpty() || listed.contains(kind);
    }

    /** Whether the cluster itself listed them, in their present state. */
    boolean isOfTheCluster() {
        return !listed.isEmpty();
    }

    /** The cluster that they are in, as far as it is known from them. */
    public Place place() {
        return KubernetesObjects.of(objects)
                .ofKind("StatefulSet")
                .findFirst()
                .map(ObjectReader::place)
                .orElse(Place.UNKNOWN);
    }

    /** What they mean; empty when there is neither a StatefulSet nor a volume, and so nothing to change. */
    public Optional<Declaration> declaration(WantedObjects wanted) {
        return ObjectReader.deployed(this, wanted);
    }
}
