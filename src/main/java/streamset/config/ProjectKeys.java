package streamset.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import streamset.problems.NearestName;
import streamset.problems.Problems;

/**
 * Keys in a namespace that nobody reads: that of a project with a name of its own, in which the CLI puts keys that are typed
 * without a namespace; and namespaces that are misspelt. Those of providers are left alone.
 */
public final class ProjectKeys {
    private static final String KUBERNETES = "kubernetes";
    private static final List<String> READ = List.of(StackConfig.NAMESPACE, KUBERNETES);
    private static final Set<String> OF_KUBERNETES = Set.of("context", "kubeconfig");

    // which no provider has; one that is called replicas, or resources, may well belong to somebody else
    private static final Set<String> OURS_ALONE = Set.of(
            "createNamespace",
            "clusterDomain",
            "synchronous",
            "keepDiverged",
            "failoverTimes",
            "keepVolumes",
            "allowTrust",
            "secretName",
            "runAsUser",
            "wal");

    private ProjectKeys() {}

    /** Adds a problem for each of them: whoever set one believes that it holds. Adds a warning where somebody else may read it. */
    public static void refuse(RawConfig raw, String project, Problems problems) {
        raw.values().keySet().stream()
                .sorted()
                .map(key -> new UnreadKey(raw, key))
                .filter(key -> !READ.contains(key.namespace()))
                .forEach(key -> check(key, project, problems));
    }

    private static void check(UnreadKey key, String project, Problems problems) {
        var meant = meant(key);
        if (key.namespace().equals(project)) {
            key.refuse(
                    StackConfig.NAMESPACE,
                    "nobody reads it: the keys of the program are in the namespace " + StackConfig.NAMESPACE
                            + ", whatever the project is called",
                    problems);
        } else if (meant.isPresent()) {
            key.refuse(
                    meant.get(),
                    "nobody reads it, " + Section.DID_YOU_MEAN + meant.get() + ":" + key.name() + "?",
                    problems);
        } else if (OURS_ALONE.contains(key.name())) {
            key.warn(
                    StackConfig.NAMESPACE,
                    "this program does not read it, " + Section.DID_YOU_MEAN + StackConfig.NAMESPACE + ":" + key.name()
                            + "?",
                    problems);
        }
    }

    private static Optional<String> meant(UnreadKey key) {
        return NearestName.to(key.namespace().toLowerCase(Locale.ROOT), READ)
                .filter(name -> !name.equals(KUBERNETES) || OF_KUBERNETES.contains(key.name()));
    }
}
