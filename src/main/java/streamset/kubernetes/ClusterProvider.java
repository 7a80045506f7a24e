package streamset.kubernetes;

import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.resources.CustomResourceOptions;
import streamset.config.Target;

/** The one explicit provider that all objects go through. */
public final class ClusterProvider {
    /**
     * The SDK 4.0.0 requests the plugin of its own version (July 2023). That one replaces a Secret at every update, and its
     * deletes fail although the object is gone; this version does neither.
     */
    private static final String PLUGIN_VERSION = "4.25.0";

    private ClusterProvider() {}

    /** An explicit provider does not read the {@code kubernetes:} keys of the stack, so this passes them on. */
    public static Provider of(Target target) {
        var args = ProviderArgs.builder()
                .context(target.context())
                .enableConfigMapMutable(true); // otherwise a changed conf file makes a new ConfigMap with another name
        target.kubeconfig().ifPresent(args::kubeconfig);
        return new Provider(
                "kubernetes",
                args.build(),
                CustomResourceOptions.builder().version(PLUGIN_VERSION).build());
    }
}
