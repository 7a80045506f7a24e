package streamset;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.kubernetes.Provider;
import com.pulumi.resources.ComponentResourceOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.Keys;
import streamset.config.Names;
import streamset.config.ProjectKeys;
import streamset.config.RawConfig;
import streamset.config.Target;
import streamset.kubernetes.ClusterFacts;
import streamset.kubernetes.ClusterObjects;
import streamset.kubernetes.ClusterProvider;
import streamset.kubernetes.NamespaceOwner;
import streamset.kubernetes.StreamingCluster;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Plan;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.sizing.Alerts;
import tools.jackson.databind.JsonNode;

/** The Pulumi program: from the stack's configuration to the declared objects and the outputs. */
public final class App {
    private App() {}

    /** Runs under the Pulumi engine, in the project's folder. */
    public static void main(String[] args) {
        // Before anything uses the pool: on two cores it would have a single thread, and the SDK's waiting occupies
        // one.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4");
        CalmSdk.keepQuiet();
        var raw = RawConfig.fromEnvironment(System.getenv());
        Pulumi.run(context ->
                stack(context, raw, Path.of(""), self -> Optional.of(StackState.objects(self)), NamespaceOwner::of));
    }

    /** Declares one stack, without a change plan. */
    public static void stack(Context context, RawConfig raw, Path project) {
        stack(context, raw, project, nobodyKnows -> Optional.empty(), (target, names) -> NamespaceOwner.UNKNOWN);
    }

    /**
     * Declares one stack.
     *
     * @param given the stack's configuration, as the engine hands it over
     * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
     * @param deployed returns the deployed objects, if they are known
     * @param owner returns the owner of a namespace
     * @throws UserError when the configuration, a conf file or the change cannot be used; nothing is declared then
     */
    static void stack(
            Context context,
            RawConfig given,
            Path project,
            Function<Context, Optional<List<JsonNode>>> deployed,
            BiFunction<Target, Names, NamespaceOwner> owner) {
        CalmSdk.pauseBetweenRounds();
        try {
            var problems = new Problems();
            var raw = given.beside(project.resolve("Pulumi." + context.stackName() + ".yaml"));
            ProjectKeys.refuse(raw, context.projectName(), problems);
            var target = Target.from(raw, problems);
            var spec = ClusterSpec.of(raw, project, context.stackName(), problems);
            problems.throwIfAny();
            problems.warnings().forEach(warning -> context.log().warn(warning.text()));
            var objects = deployed.apply(context);
            var before = objects.map(DeployedNodes::of).orElse(DeployedNodes.NONE);
            var found = objects.map(DeployedObjects::of);
            var place = found.map(there -> Place.of(target).remembering(there.place()))
                    .orElse(Place.of(target));
            var wanted = WantedObjects.of(ClusterObjects.of(spec, place, before).json(), spec);
            var plan = found.flatMap(there -> Plan.of(there, wanted, problems));
            problems.throwIfAny();
            objects.filter(there -> spec.config().createNamespace() && !hasNamespace(there))
                    .ifPresent(there -> checkOwner(owner.apply(target, spec.names()), spec.names(), context, problems));
            problems.throwIfAny();
            // before the provider, which the engine may not have
            found.ifPresent(there -> context.log().info(text(context, plan, wanted)));
            var provider = ClusterProvider.of(target);
            var known = askCluster(spec, place, plan, new ClusterFacts(provider), problems);
            problems.throwIfAny();
            export(context, target, spec, declare(provider, spec, known, before));
        } catch (BadInput e) {
            throw new UserError(e);
        }
    }

    private static boolean hasNamespace(List<JsonNode> objects) {
        return KubernetesObjects.of(objects).ofKind("Namespace").findFirst().isPresent();
    }

    /** The engine changes a declared namespace, and can delete it with everything in it. */
    private static void checkOwner(NamespaceOwner owner, Names names, Context context, Problems problems) {
        var keys = new Keys(problems);
        if (owner == NamespaceOwner.SOMEBODY_ELSE) {
            keys.refuse(
                    "namespace",
                    names.namespace(),
                    "exists already, and was not created by this stack, which would take it over and could later delete it,"
                            + " with everything in it",
                    keys.set("createNamespace", "false") + "; or another one: " + keys.set("namespace", "<name>"));
        } else if (owner == NamespaceOwner.UNKNOWN) {
            context.log()
                    .warn("it is not known whether the namespace " + names.namespace()
                            + " exists: if it does, this stack takes it over");
        }
    }

    private static String text(Context context, Optional<Plan> plan, WantedObjects wanted) {
        return plan.map(changes -> changes.text("changes to what the stack " + context.stackName() + " has deployed"))
                .orElseGet(() -> Plan.ofFirst(wanted));
    }

    /** A user who may not create namespaces can rarely read cluster-scoped objects: then the Kubernetes cluster refuses. */
    private static Place askCluster(
            ClusterSpec spec, Place place, Optional<Plan> plan, ClusterFacts facts, Problems problems) {
        boolean allowed = spec.config().createNamespace();
        var known = allowed ? place.withUid(facts.uid()) : place;
        plan.ifPresent(changes -> changes.checkAgainstCluster(
                known,
                Optional.of(allowed).filter(yes -> yes).map(yes -> facts.fixedClasses(changes.growingClasses())),
                problems));
        return known;
    }

    private static StreamingCluster declare(Provider provider, ClusterSpec spec, Place place, DeployedNodes before) {
        var options = ComponentResourceOptions.builder().providers(provider).build();
        return new StreamingCluster(spec.config().names().prefix(), spec, place, before, options);
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
        context.export("wal", Output.of(spec.budgets().wal().words()));
        context.export("alerts", Output.of(Alerts.of(spec.budgets().wal()).numbers()));
    }

    /** The engine prints it without a stack trace, unlike any other exception. */
    static final class UserError extends RunException {
        private static final long serialVersionUID = 1L;

        UserError(BadInput cause) {
            super(cause.getMessage(), cause);
        }
    }
}
