package streamset;

import com.pulumi.Context;
import com.pulumi.core.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import streamset.cluster.ClusterSource;
import streamset.cluster.ClusterSpec;
import streamset.conf.ConfSource;
import streamset.config.Names;
import streamset.config.ProjectKeys;
import streamset.config.RawConfig;
import streamset.config.Target;
import streamset.features.DeclaredDatabase;
import streamset.kubernetes.Connections;
import streamset.kubernetes.PatroniAnnotations;
import streamset.problems.Problems;
import streamset.sizing.Alerts;

/** The Pulumi program: from the stack's configuration to the declared objects and the outputs. */
public final class App {
    private App() {}

    /** Runs under the Pulumi engine, in the project's folder. */
    public static void main(String[] args) {
        var raw = RawConfig.fromEnvironment(System.getenv());
        Clusters.run(context -> stack(context, raw, Path.of(""), Surroundings.REAL));
    }

    /** Declares one stack, without a change plan. */
    public static void stack(Context context, RawConfig raw, Path project) {
        Clusters.refusing(() -> stack(context, raw, project, Surroundings.UNKNOWN));
    }

    /**
     * Declares one stack.
     *
     * @param given the stack's configuration, as the engine hands it over
     * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
     * @throws streamset.problems.BadInput when the configuration, a conf file or the change cannot be used; nothing is declared
     *     then
     */
    static Clusters stack(Context context, RawConfig given, Path project, Surroundings around) {
        var problems = new Problems();
        var raw = given.beside(project.resolve("Pulumi." + context.stackName() + ".yaml"));
        ProjectKeys.refuse(raw, context.projectName(), problems);
        var source = ClusterSource.of(raw, ConfSource.ofProject(project, context.stackName()));
        var clusters = Clusters.of(context, raw, List.of(source), around, problems);
        export(context, clusters, around);
        return clusters;
    }

    private static void export(Context context, Clusters clusters, Surroundings around) {
        var target = clusters.target();
        var spec = clusters.planned().get(0).cluster().spec();
        var budgets = spec.budgets();
        clusters.declare().values().forEach(cluster -> {
            var connections = cluster.connections();
            strings(connections).forEach((name, text) -> context.export(name, Output.of(text)));
            if (!spec.databases().all().isEmpty()) {
                context.export("databases", Output.of(databases(spec, connections)));
            }
            context.export("hosts", Output.of(connections.hosts()));
            context.export("psqlCommand", Output.of(connections.psqlCommand(target.kubectl())));
            context.export("statusCommand", Output.of(connections.statusCommand(target.kubectl())));
            connections
                    .rootCertificateCommand(target.kubectl())
                    .ifPresent(command -> context.export("rootCertificateCommand", Output.of(command)));
            connections
                    .restorePointsCommand(target.kubectl())
                    .ifPresent(command -> context.export("restorePointsCommand", Output.of(command)));
            spec.certificate()
                    .ifPresent(made -> context.export(
                            "certificateExpires", Output.of(made.expires().toString())));
            context.export("wal", Output.of(budgets.wal().words()));
            context.export("alerts", Output.of(Alerts.of(budgets.wal()).numbers()));
            if (spec.config().failover().automatic()) {
                context.export("leader", cluster.afterUpdate(() -> leader(around, target, spec.names())));
            }
        });
    }

    /** The connection strings, by the name of their output. */
    private static Map<String, String> strings(Connections connections) {
        return Map.of(
                "readWriteLibpq", connections.readWriteLibpq(),
                "readWriteJdbc", connections.readWriteJdbc(),
                "readOnlyLibpq", connections.readOnlyLibpq(),
                "readOnlyJdbc", connections.readOnlyJdbc());
    }

    /** Those of each declared database, for the role that owns it. */
    private static Map<String, Map<String, String>> databases(ClusterSpec spec, Connections connections) {
        return spec.databases().all().stream()
                .collect(Collectors.toMap(DeclaredDatabase::name, database -> strings(connections.to(database))));
    }

    /** The pod that has the lease at this moment. */
    private static String leader(Surroundings around, Target target, Names names) {
        return around.patroni()
                .apply(target, names)
                .flatMap(PatroniAnnotations::leader)
                .orElse("whichever pod leads");
    }
}
