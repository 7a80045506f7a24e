package streamset.kubernetes;

import com.pulumi.resources.ComponentResourceOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import streamset.cluster.NamedCluster;
import streamset.cluster.Place;
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
 * @param plan what an update does; empty when nothing is deployed yet, or that is not known, or something is refused
 */
public record PlannedCluster(
        NamedCluster cluster,
        Place place,
        Optional<List<JsonNode>> deployed,
        WantedObjects wanted,
        Optional<Plan> plan) {

    /**
     * Compares a cluster with what is deployed.
     *
     * @param target the Kubernetes cluster to deploy to
     * @param deployed its objects; empty when nobody knows them
     * @param problems receives everything that is refused
     */
    public static PlannedCluster of(
            NamedCluster cluster, Place target, Optional<List<JsonNode>> deployed, Problems problems) {
        var found = deployed.map(DeployedObjects::of);
        var place = found.map(there -> target.remembering(there.place())).orElse(target);
        var spec = cluster.spec();
        var wanted =
                WantedObjects.of(ClusterObjects.of(spec, place, nodes(deployed)).json(), spec);
        var own = problems.in(cluster.origin()::words);
        return new PlannedCluster(
                cluster, place, deployed, wanted, found.flatMap(there -> Plan.of(there, wanted, own)));
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
        return new PlannedCluster(cluster, known, deployed, wanted, plan);
    }

    /** The plan for people; empty when it is not known what is deployed. */
    public Optional<String> text(String title) {
        return deployed.map(objects -> plan.map(changes -> changes.text(title, cluster.origin()::words))
                .orElseGet(() -> Plan.ofFirst(wanted)));
    }

    /** Declares all objects to the running engine. */
    public StreamingCluster declare(ComponentResourceOptions options) {
        return new StreamingCluster(cluster.name(), cluster.spec(), place, nodes(deployed), options);
    }
}
