package streamset.kubernetes;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import streamset.cluster.NamedCluster;
import streamset.cluster.Place;
import streamset.config.Names;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Plan;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/**
 * A cluster, compared with what is deployed of it, before it is declared.
 *
 * @param place the Kubernetes cluster, as far as it is known
 * @param deployed its objects; empty when nobody knows them
 * @param patroni what its pods keep now; empty where the stack declares the primary, or nobody knows
 * @param plan what an update does; empty when nothing is deployed yet, or that is not known, or something is refused
 */
public record PlannedCluster(
        NamedCluster cluster,
        Place place,
        Optional<List<JsonNode>> deployed,
        Optional<PatroniAnnotations> patroni,
        WantedObjects wanted,
        Optional<Plan> plan) {

    /**
     * Compares a cluster with objects that are as they are now.
     *
     * @param target the Kubernetes cluster to deploy to
     * @param deployed its objects; empty when nobody knows them
     * @param problems receives everything that is refused
     */
    public static PlannedCluster of(
            NamedCluster cluster, Place target, Optional<List<JsonNode>> deployed, Problems problems) {
        return of(
                cluster,
                target,
                deployed,
                names -> deployed.map(objects -> PatroniAnnotations.of(objects, names)),
                problems);
    }

    /**
     * Compares a cluster with what is deployed, as somebody has read it once.
     *
     * @param target the Kubernetes cluster to deploy to
     * @param deployed its objects; empty when nobody knows them
     * @param ask reads what the pods of a cluster keep now, where they decide by themselves who leads
     * @param problems receives everything that is refused
     */
    public static PlannedCluster of(
            NamedCluster cluster,
            Place target,
            Optional<List<JsonNode>> deployed,
            Function<Names, Optional<PatroniAnnotations>> ask,
            Problems problems) {
        var spec = cluster.spec();
        var patroni = nodes(deployed).automatic() ? ask.apply(spec.names()) : Optional.<PatroniAnnotations>empty();
        var found = deployed.map(objects ->
                        patroni.map(now -> now.leading(objects, spec.names())).orElse(objects))
                .map(DeployedObjects::of);
        var place = found.map(there -> target.remembering(there.place())).orElse(target);
        var wanted =
                WantedObjects.of(ClusterObjects.of(spec, place, nodes(deployed)).json(), spec);
        var own = problems.in(cluster.origin()::words);
        return new PlannedCluster(
                cluster, place, deployed, patroni, wanted, found.flatMap(there -> Plan.of(there, wanted, own)));
    }

    private static DeployedNodes nodes(Optional<List<JsonNode>> deployed) {
        return deployed.map(DeployedNodes::of).orElse(DeployedNodes.NONE);
    }

    /** The name of the component. */
    public String name() {
        return cluster.name();
    }

    /** Whether an update would make the namespace, or take over one that is there. */
    public boolean makesNamespace() {
        return cluster.spec().config().createNamespace()
                && deployed.filter(objects -> KubernetesObjects.of(objects)
                                .ofKind("Namespace")
                                .findFirst()
                                .isEmpty())
                        .isPresent();
    }

    /** The StorageClasses that must let volumes grow. */
    public Set<String> growingClasses() {
        return plan.map(Plan::growingClasses).orElse(Set.of());
    }

    /**
     * The same with what only the Kubernetes cluster itself knows.
     *
     * @param uid of its namespace {@code kube-system}
     * @param fixedClasses those of {@link #growingClasses()} that do not let volumes grow; empty when that was not read
     * @param problems receives what is refused on these grounds
     */
    public PlannedCluster asked(Optional<String> uid, Optional<Set<String>> fixedClasses, Problems problems) {
        var known = place.withUid(uid);
        plan.ifPresent(
                changes -> changes.checkAgainstCluster(known, fixedClasses, problems.in(cluster.origin()::words)));
        return new PlannedCluster(cluster, known, deployed, patroni, wanted, plan);
    }

    /** The plan for people; empty when it is not known what is deployed. */
    public Optional<String> text(String title) {
        return deployed.map(objects -> plan.map(
                        changes -> changes.text(title, cluster.origin()::words) + leading(objects))
                .orElseGet(() -> Plan.ofFirst(wanted)));
    }

    /** Who leads, and how fresh that is; nothing where the stack declares the primary. */
    private String leading(List<JsonNode> objects) {
        if (!DeployedNodes.of(objects).automatic()) {
            return "";
        }
        var words = patroni.map(now -> now.leader().orElse("no pod has the lease; whichever takes it next"))
                .orElseGet(() -> "whichever pod has the lease, which could not be read"
                        + PatroniAnnotations.of(objects, cluster.spec().names())
                                .leader()
                                .map(pod -> "; at the last update or refresh it was " + pod)
                                .orElse(""));
        return "\n  leads now: " + words + "\n";
    }

    /** What somebody has changed by hand in what Patroni shares among the pods, for people; empty when nothing was. */
    public Optional<String> changedByHand() {
        return patroni.flatMap(now -> now.changedSince(PatroniAnnotations.of(
                        deployed.orElseThrow(), cluster.spec().names())))
                .map(changes -> "what Patroni shares among the pods of " + cluster.name()
                        + " was changed by hand (patronictl edit-config, or its REST API): " + changes
                        + ". To have the declared values back: pulumi refresh && pulumi up");
    }

    /** Declares all objects to the running engine. */
    public StreamingCluster declare(ComponentResourceOptions options) {
        return new StreamingCluster(cluster.name(), cluster.spec(), place, nodes(deployed), options);
    }
}
