package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Optional;
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
                .kubeconfig(kubeconfig(target.kubeconfig(), Optional.ofNullable(System.getenv("KUBECONFIG"))))
                .enableConfigMapMutable(true); // otherwise a changed conf file makes a new ConfigMap with another name
        return new Provider(
                "kubernetes",
                args.build(),
                CustomResourceOptions.builder().version(PLUGIN_VERSION).build());
    }

    /**
     * What the state gets to hold: a path that the stack names, or contents as a secret. Never a path from the environment,
     * which the SDK would take by itself: the plugin finds it without help, and the path of another machine would be a change.
     *
     * @param named by the stack
     * @param surrounding that of the environment: paths as kubectl takes them, or contents, which kubectl does not take
     */
    static Output<String> kubeconfig(Optional<String> named, Optional<String> surrounding) {
        return named.or(() -> surrounding.filter(Target::isContents))
                .map(text -> Target.isContents(text) ? Output.ofSecret(text) : Output.of(text))
                .orElseGet(() -> Output.ofNullable(null)); // which the SDK takes for an answer
    }
}
