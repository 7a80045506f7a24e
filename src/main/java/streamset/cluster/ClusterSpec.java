package streamset.cluster;

import java.nio.file.Path;
import streamset.conf.ConfFiles;
import streamset.config.Names;
import streamset.config.RawConfig;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * All that the objects of one cluster are made from: checked, computed, plain.
 *
 * @param config what the user declared
 * @param files the conf files as the servers read them
 */
public record ClusterSpec(StackConfig config, ConfFiles files) {
    /**
     * Reads and checks a stack.
     *
     * @param raw its configuration
     * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
     * @param stack its name, for its own conf files
     * @param problems gets everything that is wrong; the result is of use only when nothing is
     */
    public static ClusterSpec of(RawConfig raw, Path project, String stack, Problems problems) {
        var config = StackConfig.from(raw, problems);
        return new ClusterSpec(config, ConfFiles.of(config, project, stack, problems));
    }

    /** The names of all objects. */
    public Names names() {
        return config.names();
    }

    /** The ordinal of the pod that is declared primary. */
    public int primary() {
        return config.roles().primary();
    }
}
