package streamset.kubernetes;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.node.DeployedNodes;

/**
 * PostgreSQL streaming replication: one primary and its standbys. Usable on its own from any Pulumi Java program:
 *
 * <pre>{@code
 * var problems = new Problems();
 * var spec = ClusterSpec.of(RawConfig.fromEnvironment(System.getenv()), Path.of("."), "dev", problems);
 * problems.throwIfAny();
 * var options = ComponentResourceOptions.builder().providers(provider).build();
 * var cluster = new StreamingCluster("postgresql", spec, Place.UNKNOWN, DeployedNodes.NONE, options);
 * }</pre>
 */
public final class StreamingCluster extends ComponentResource {
    private final ClusterSpec spec;

    /**
     * Declares all objects of {@code spec}; {@code options} contain the Kubernetes provider.
     *
     * @param place the Kubernetes cluster, as far as it is known; it is recorded, so that no later update goes elsewhere
     * @param deployed the pods that exist already; a program that always passes {@link DeployedNodes#NONE} gets no check of
     *     conf files before they change, and all its declarations have the same generation
     */
    public StreamingCluster(
            String name, ClusterSpec spec, Place place, DeployedNodes deployed, ComponentResourceOptions options) {
        super("streamset:index:StreamingCluster", name, options);
        this.spec = spec;
        var before = new ArrayList<Resource>();
        for (var stage : ClusterObjects.of(spec, place, deployed).stages()) {
            var awaited = List.copyOf(before);
            stage.others().forEach(object -> object.declare(after(awaited)));
            stage.awaited().forEach(object -> before.add(object.declare(after(awaited))));
        }
        registerOutputs(Map.of());
    }

    private CustomResourceOptions.Builder after(List<Resource> others) {
        return CustomResourceOptions.builder().parent(this).dependsOn(others);
    }

    /** How to reach the cluster. */
    public Connections connections() {
        return new Connections(spec);
    }
}
