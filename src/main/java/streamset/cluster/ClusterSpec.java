package streamset.cluster;

import java.nio.file.Path;
import streamset.conf.ConfFile;
import streamset.conf.ConfFiles;
import streamset.conf.SourceFile;
import streamset.conf.hba.HbaFile;
import streamset.config.Names;
import streamset.config.RawConfig;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.settings.Settings;
import streamset.settings.WrittenSettings;
import streamset.sizing.Budgets;

/**
 * All that the objects of one cluster are made from: checked, computed, plain.
 *
 * @param config what the user declared
 * @param budgets how memory and WAL are divided around what people wrote
 * @param settings what holds of PostgreSQL's parameters, and why
 * @param files the conf files as the servers read them
 */
public record ClusterSpec(StackConfig config, Budgets budgets, Settings settings, ConfFiles files) {
    /**
     * Reads and checks a stack.
     *
     * @param raw its configuration
     * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
     * @param stack its name, for its own conf files
     * @param problems gets everything that is wrong; the result is of use only when nothing is
     */
    public static ClusterSpec of(RawConfig raw, Path project, String stack, Problems problems) {
        return of(StackConfig.from(raw, problems), project, stack, problems);
    }

    /** As {@link #of(RawConfig, Path, String, Problems)}, for a configuration that is read already. */
    public static ClusterSpec of(StackConfig config, Path project, String stack, Problems problems) {
        var file = ConfFile.parse(SourceFile.postgresqlConf(project, stack, problems), problems);
        var written = WrittenSettings.of(config, file);
        var budgets = written.budgets(config, problems);
        var settings = Settings.of(config, written, budgets);
        var hba = pgHbaConf(config, SourceFile.pgHbaConf(project, stack, problems), problems);
        return new ClusterSpec(config, budgets, settings, ConfFiles.of(file.with(settings.added()), hba, problems));
    }

    private static String pgHbaConf(StackConfig config, SourceFile source, Problems problems) {
        var file = HbaFile.parse(source, config.version(), problems);
        if (!config.allowTrust()) {
            file.refuseTrust(problems);
        }
        return file.render(config.names().podHosts(config.replicas()));
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
