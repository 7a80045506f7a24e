package streamset;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.kubernetes.Provider;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.StackReference;
import com.pulumi.resources.StackReferenceArgs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import streamset.config.BadInput;
import streamset.config.Problems;
import streamset.config.RawConfig;
import streamset.config.Target;
import streamset.kubernetes.ClaimChecks;
import streamset.kubernetes.ClusterProvider;
import streamset.kubernetes.ClusterSpec;
import streamset.kubernetes.DeployedClaims;
import streamset.kubernetes.StreamingCluster;
import streamset.sizing.Alerts;

/** The Pulumi program: from the stack's configuration to the declared objects and the outputs. */
public final class App {
    private App() {}

    /** Runs under the Pulumi engine, in the project's folder. */
    public static void main(String[] args) {
        // Before anything uses the pool: on two cores it would have a single thread, which the SDK keeps busy by
        // waiting.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4");
        CalmSdk.keepQuiet();
        var raw = RawConfig.fromEnvironment(System.getenv());
        Pulumi.run(context -> stack(context, raw, Path.of(""), App::recordedVolumes));
    }

    /** What the last update of this stack has put out about its volumes; the engine tells. */
    private static List<?> recordedVolumes(Context context) {
        var name = context.organizationName() + "/" + context.projectName() + "/" + context.stackName();
        var before = new StackReference(
                "volumes", StackReferenceArgs.builder().name(Output.of(name)).build());
        return before.outputDetailsAsync(DeployedClaims.OUTPUT)
                .join()
                .getValue()
                .filter(List.class::isInstance)
                .map(List.class::cast)
                .orElse(List.of());
    }

    /** Declares a stack of which nothing is known; see below. */
    public static void stack(Context context, RawConfig raw, Path project) {
        stack(context, raw, project, ignored -> List.of());
    }

    /**
     * Declares one stack.
     *
     * @param raw the stack's configuration
     * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
     * @param recorded tells the volumes of the stack's last update, as it has put them out
     * @throws UserError when the configuration or a conf file can not be used, or a volume can not become what is declared;
     *     no object is declared then
     */
    static void stack(Context context, RawConfig raw, Path project, Function<Context, List<?>> recorded) {
        CalmSdk.pauseBetweenRounds();
        try {
            var problems = new Problems();
            var target = Target.from(raw, problems);
            var spec = ClusterSpec.of(raw, project, context.stackName(), problems);
            problems.throwIfAny();
            problems.warnings().forEach(warning -> context.log().warn(warning.text()));
            var provider = ClusterProvider.of(target);
            ClaimChecks.run(spec, DeployedClaims.of(spec, recorded.apply(context), provider), problems);
            problems.throwIfAny();
            export(context, target, spec, declare(provider, spec));
        } catch (BadInput e) {
            throw new UserError(e);
        }
    }

    private static StreamingCluster declare(Provider provider, ClusterSpec spec) {
        var options = ComponentResourceOptions.builder().providers(provider).build();
        return new StreamingCluster(spec.config().names().prefix(), spec, options);
    }

    private static void export(Context context, Target target, ClusterSpec spec, StreamingCluster cluster) {
        var connections = cluster.connections();
        context.export("readWriteLibpq", Output.of(connections.readWriteLibpq()));
        context.export("readWriteJdbc", Output.of(connections.readWriteJdbc()));
        context.export("readOnlyLibpq", Output.of(connections.readOnlyLibpq()));
        context.export("readOnlyJdbc", Output.of(connections.readOnlyJdbc()));
        context.export("hosts", Output.of(connections.hosts()));
        context.export("psqlCommand", Output.of(connections.psqlCommand(target.kubectl())));
        context.export("statusCommand", Output.of(connections.statusCommand(target.kubectl())));
        context.export("postgresqlConf", Output.of(spec.files().postgresqlConf()));
        context.export("pgHbaConf", Output.of(spec.files().pgHbaConf()));
        context.export("settings", Output.of(settings(spec)));
        context.export(DeployedClaims.OUTPUT, cluster.volumes());
        context.export("wal", Output.of(spec.files().budgets().wal().words()));
        context.export(
                "alerts", Output.of(Alerts.of(spec.files().budgets().wal()).numbers()));
    }

    /** Every parameter that is set, with where its value comes from and what a change of it does. */
    private static Map<String, Map<String, String>> settings(ClusterSpec spec) {
        var settings = new TreeMap<String, Map<String, String>>();
        for (var setting : spec.files().settings()) {
            settings.put(
                    setting.name(),
                    Map.of(
                            "value", setting.value(),
                            "origin", setting.origin().toString(),
                            "reason", setting.reason(),
                            "context", setting.context()));
        }
        return settings;
    }

    /** Printed by the engine without a stack trace, unlike any other exception. */
    static final class UserError extends RunException {
        private static final long serialVersionUID = 1L;

        UserError(BadInput cause) {
            super(cause.getMessage(), cause);
        }
    }
}
