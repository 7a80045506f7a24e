package streamset.review;

import com.pulumi.test.Mocks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stands in for the Pulumi engine: every object exists as soon as it is declared, and is written down. */
final class RecordingEngine implements Mocks {
    private static final String COMPONENT_PREFIX = "streamset:";
    private static final String PROVIDER_PREFIX = "pulumi:providers:";

    private final List<Map<String, Object>> objects = Collections.synchronizedList(new ArrayList<>());

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
        if (!args.type.startsWith(COMPONENT_PREFIX) && !args.type.startsWith(PROVIDER_PREFIX)) {
            objects.add(new HashMap<>(args.inputs));
        }
        return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), Map.of()));
    }

    /** The inputs of every Kubernetes object that was declared, in no particular order. */
    List<Map<String, Object>> objects() {
        return List.copyOf(objects);
    }
}
