package streamset;

import com.pulumi.Context;
import com.pulumi.core.TypeShape;
import com.pulumi.core.annotations.Import;
import com.pulumi.deployment.Deployment;
import com.pulumi.resources.InvokeArgs;
import java.util.List;
import java.util.Optional;
import streamset.config.Names;
import streamset.kubernetes.FormerName;
import streamset.kubernetes.Purpose;
import streamset.kubernetes.StreamingCluster;
import streamset.objects.KubernetesObjects;
import streamset.objects.WholeNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects in the state of a stack: each as the last update left it, even if that failed or was interrupted, or as
 * {@code --refresh} found it. The stack's outputs would contain only what the last program run declared.
 *
 * @param entries all of them
 */
public record StackState(List<Entry> entries) {
    private static final String READ_STATE =
            "pulumi:pulumi:readStackResourceOutputs"; // a function of the engine itself
    private static final String OUTPUTS = "outputs";

    /**
     * An object.
     *
     * @param urn the whole name by which Pulumi recognizes it
     */
    public record Entry(String urn, JsonNode object) {
        private String name() {
            return urn.substring(urn.lastIndexOf("::") + 2);
        }

        private boolean wasCalled(FormerName former) {
            return former.name().equals(name());
        }

        private boolean isOfAny() {
            return urn.contains(StreamingCluster.TYPE + "$");
        }

        /** Whether it belongs to a component of this name. */
        private boolean isOf(String component) {
            var prefix = component + "-";
            return isOfAny()
                    && (name().startsWith(prefix) && Purpose.isOne(name().substring(prefix.length()))
                            || FormerName.of(object)
                                    .filter(this::wasCalled)
                                    .filter(former -> former.isOf(component))
                                    .isPresent());
        }
    }

    public StackState {
        entries = List.copyOf(entries);
    }

    private static final class Stack extends InvokeArgs {
        @Import(name = "stackName", required = true)
        private final String stackName;

        Stack(String stackName) {
            this.stackName = stackName;
        }
    }

    /** Reads the state of the stack that the engine is about to update. */
    public static StackState of(Context context) {
        var self = new Stack(context.organizationName() + "/" + context.projectName() + "/" + context.stackName());
        var state = Deployment.getInstance()
                .invokeAsync(READ_STATE, TypeShape.map(String.class, Object.class), self)
                .join();
        JsonNode resources = JsonMapper.shared().valueToTree(state.get(OUTPUTS));
        return new StackState(resources.properties().stream()
                .map(resource -> new Entry(
                        resource.getKey(), WholeNumbers.in(resource.getValue().path(OUTPUTS))))
                .toList());
    }

    /** The objects of a cluster, by the name of its component. */
    public List<JsonNode> of(String component) {
        return entries.stream()
                .filter(entry -> entry.isOf(component))
                .map(Entry::object)
                .toList();
    }

    /** The same for the only cluster of a program: under whatever name, so that another name is noticed. */
    public List<JsonNode> ofOnly(String component) {
        var own = of(component);
        return own.isEmpty() ? entries.stream().map(Entry::object).toList() : own;
    }

    /** The name of the component that a cluster belongs to; empty when it has no servers. */
    Optional<String> component(Names names) {
        return entries.stream()
                .filter(Entry::isOfAny)
                .filter(entry -> isServers(entry.object(), names))
                .map(entry -> entry.name().replaceFirst("-[a-z]+$", ""))
                .findFirst();
    }

    private static boolean isServers(JsonNode object, Names names) {
        return KubernetesObjects.text(object, "/kind").equals(Optional.of("StatefulSet"))
                && KubernetesObjects.text(object, "/metadata/name").equals(Optional.of(names.statefulSet()))
                && KubernetesObjects.text(object, "/metadata/namespace").equals(Optional.of(names.namespace()));
    }
}
