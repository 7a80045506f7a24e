package streamset.cluster;

import java.util.Optional;
import java.util.regex.Pattern;
import streamset.conf.ConfSource;
import streamset.config.RawConfig;
import streamset.problems.Problems;

/**
 * What a program declares about one of its clusters.
 *
 * @param name of the component in the program; empty for the cluster's own, {@code streamset:name}
 */
public record ClusterSource(Optional<String> name, RawConfig config, ConfSource files) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public ClusterSource {
        name.filter(text -> !NAME.matcher(text).matches()).ifPresent(text -> {
            throw new IllegalArgumentException("no name of a component, which has letters, digits and . _ -: " + text);
        });
    }

    /** A cluster whose component is called after it. */
    public static ClusterSource of(RawConfig config, ConfSource files) {
        return new ClusterSource(Optional.empty(), config, files);
    }

    /** A cluster whose component has a name of its own, such as one of two that have the same name in different namespaces. */
    public static ClusterSource of(String name, RawConfig config, ConfSource files) {
        return new ClusterSource(Optional.of(name), config, files);
    }

    /**
     * Reads and checks it.
     *
     * @param problems receives everything that is wrong; the result can be used only if nothing is
     */
    public NamedCluster read(Problems problems) {
        var spec = ClusterSpec.of(config, files, problems);
        return new NamedCluster(name.orElseGet(() -> spec.names().prefix()), config.origin(), spec);
    }
}
