package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.resources.CustomResourceOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.cluster.ClusterSpec;
import streamset.problems.Problems;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/**
 * The claims that a stack has, as its state tells. Whether a StorageClass lets volumes grow is asked only when they are to
 * grow.
 */
public final class DeployedClaims {
    private final ClusterSpec spec;
    private final Provider provider;
    private final Map<String, Boolean> growing = new HashMap<>(); // by StorageClass

    private DeployedClaims(ClusterSpec spec, Provider provider) {
        this.spec = spec;
        this.provider = provider;
    }

    /**
     * Refuses a growth that a StorageClass does not allow.
     *
     * @param objects that the stack has
     */
    public static void checkGrowth(ClusterSpec spec, List<JsonNode> objects, Provider provider, Problems problems) {
        var deployed = new DeployedClaims(spec, provider);
        var claims = objects.stream()
                .filter(object -> object.path("kind").asString("").equals("PersistentVolumeClaim"))
                .map(deployed::claim)
                .toList();
        ClaimChecks.growth(spec, claims, problems);
    }

    private ExistingClaim claim(JsonNode claim) {
        var name = claim.at("/metadata/name").asString();
        var size = ByteSize.parseQuantity(
                claim.at("/spec/resources/requests/storage").asString());
        var className = claim.at("/spec/storageClassName").asString("");
        boolean grows = VolumeClaim.all(spec).stream()
                .anyMatch(declared -> name.startsWith(declared.volume() + "-")
                        && declared.size().compareTo(size) > 0);
        return new ExistingClaim(name, size, Optional.of(size), className, !grows || growing(className));
    }

    /** Who may not make namespaces may hardly read classes; there the cluster itself refuses. */
    private boolean growing(String className) {
        if (!spec.config().createNamespace()) {
            return true;
        }
        return !className.isEmpty() && growing.computeIfAbsent(className, this::ask);
    }

    private boolean ask(String className) {
        var options = CustomResourceOptions.builder().provider(provider).build();
        var found = StorageClass.get(className, Output.of(className), options);
        return Internal.of(found.allowVolumeExpansion())
                .getValueOptional()
                .join()
                .orElse(false);
    }
}
