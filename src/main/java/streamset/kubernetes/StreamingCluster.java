package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.node.DeployedNodes;

/**
 * PostgreSQL streaming replication as a Pulumi component: one primary and its standbys. The names by which Pulumi recognizes its
 * objects begin with the name of the component, so a stack can have several. {@code streamset.Clusters} declares them with all
 * that belongs to it: checks across clusters, change plans and refusals.
 */
public final class StreamingCluster extends ComponentResource {
    /** The type by which Pulumi recognizes such a component. */
    public static final String TYPE = "streamset:index:StreamingCluster";

    private final ClusterSpec spec;
    private final String name;
    private final Output<List<Resource>> ground;
    private final List<Output<String>> declared = new ArrayList<>();
    private Optional<Resource> namespace = Optional.empty();

    /**
     * Declares all objects of {@code spec}; {@code options} contain the Kubernetes provider.
     *
     * @param name of the component. When it changes, {@code options} must have the former one as an alias: otherwise Pulumi
     *     takes this for another cluster
     * @param place the Kubernetes cluster, as far as it is known; it is recorded, so that no later update goes elsewhere
     * @param deployed the pods that exist already; a program that always passes {@link DeployedNodes#NONE} gets no check of
     *     conf files before they change, and all its declarations have the same generation
     * @param options all objects wait for what this one depends on
     */
    public StreamingCluster(
            String name, ClusterSpec spec, Place place, DeployedNodes deployed, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.spec = spec;
        this.name = name;
        this.ground = options.getDependsOn();
        var before = new ArrayList<Resource>();
        for (var stage : ClusterObjects.of(spec, place, deployed).stages()) {
            var awaited = List.copyOf(before);
            stage.others().forEach(object -> declare(object, awaited));
            stage.awaited().forEach(object -> before.add(declare(object, awaited)));
        }
        registerOutputs(Map.of());
    }

    private Resource declare(Declarable object, List<Resource> awaited) {
        var all = ground.applyValue(
                first -> Stream.concat(first.stream(), awaited.stream()).toList());
        var resource = object.declare(
                name, CustomResourceOptions.builder().parent(this).dependsOn(all));
        declared.add(resource.urn());
        if (object.isNamespace()) {
            namespace = Optional.of(resource);
        }
        return resource;
    }

    /** The namespace, for other clusters in it to depend on; empty when somebody else declares it. */
    public Optional<Resource> namespace() {
        return namespace;
    }

    /**
     * The answer to a question that is asked when an update has done everything; in a preview, when that is planned.
     *
     * @param question may take some seconds
     */
    public <T> Output<T> afterUpdate(Supplier<T> question) {
        return Output.all(declared).applyValue(ignored -> question.get());
    }

    /** How to reach the cluster. */
    public Connections connections() {
        return new Connections(spec);
    }
}
