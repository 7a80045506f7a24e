package streamset;

import com.pulumi.Context;
import com.pulumi.core.TypeShape;
import com.pulumi.core.annotations.Import;
import com.pulumi.deployment.Deployment;
import com.pulumi.resources.InvokeArgs;
import java.util.List;
import streamset.objects.WholeNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects in the state of a stack: each as the last update left it, even if that failed or was interrupted, or as
 * {@code --refresh} found it. The stack's outputs would contain only what the last program run declared.
 */
final class StackState {
    private static final String READ_STATE =
            "pulumi:pulumi:readStackResourceOutputs"; // a function of the engine itself
    private static final String OUTPUTS = "outputs";

    private StackState() {}

    private static final class Stack extends InvokeArgs {
        @Import(name = "stackName", required = true)
        private final String stackName;

        Stack(String stackName) {
            this.stackName = stackName;
        }
    }

    /** Reads the state of the stack that the engine is about to update. */
    static List<JsonNode> objects(Context context) {
        var self = new Stack(context.organizationName() + "/" + context.projectName() + "/" + context.stackName());
        var state = Deployment.getInstance()
                .invokeAsync(READ_STATE, TypeShape.map(String.class, Object.class), self)
                .join();
        JsonNode resources = JsonMapper.shared().valueToTree(state.get(OUTPUTS));
        return resources
                .valueStream()
                .map(resource -> WholeNumbers.in(resource.path(OUTPUTS)))
                .toList();
    }
}
