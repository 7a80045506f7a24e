package streamset;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.kubernetes.Provider;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.cluster.ClusterSource;
import streamset.cluster.Collisions;
import streamset.cluster.Place;
import streamset.config.RawConfig;
import streamset.config.Target;
import streamset.features.Exporter;
import streamset.kubernetes.ClusterFacts;
import streamset.kubernetes.ClusterProvider;
import streamset.kubernetes.PlannedCluster;
import streamset.kubernetes.StreamingCluster;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/**
 * The clusters of a Pulumi program. {@link #of} reads and checks all of them together, and compares them with what the stack has
 * deployed; {@link #declare()} declares them. When something is wrong with any of them, a {@link UserError} says all that is,
 * and nothing is declared.
 *
 * @param target the Kubernetes cluster of all of them
 * @param planned each with what an update does to it, in the order of the sources
 */
public record Clusters(Target target, List<PlannedCluster> planned) {
    public Clusters {
        planned = List.copyOf(planned);
    }

    /** Runs a program under the Pulumi engine, as {@code Pulumi.run} does. */
    public static void run(Consumer<Context> program) {
        // Before anything uses the pool: on two cores it would have a single thread, and the SDK's waiting occupies
        // one.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4");
        CalmSdk.keepQuiet();
        Pulumi.run(context -> refusing(() -> {
            program.accept(context);
            return context;
        }));
    }

    /**
     * Reads and checks clusters, compares them with what the stack has deployed, and logs the change plans. Declares nothing.
     *
     * @param stack the stack's configuration, in which {@code kubernetes:context} names the Kubernetes cluster
     * @param sources the clusters; a single one is also compared with what the stack has under another name
     * @throws UserError when a configuration, a conf file or a change cannot be used
     */
    public static Clusters of(Context context, RawConfig stack, List<ClusterSource> sources) {
        return refusing(() -> of(context, stack, sources, Surroundings.REAL, new Problems()));
    }

    /** @param problems what is wrong already, to be told together with what is found here */
    static Clusters of(
            Context context, RawConfig stack, List<ClusterSource> sources, Surroundings around, Problems problems) {
        CalmSdk.pauseBetweenRounds();
        var target = Target.from(stack, problems);
        var clusters = sources.stream().map(source -> source.read(problems)).toList();
        Collisions.refuse(clusters, problems);
        problems.throwIfAny();
        problems.warnings().forEach(warning -> context.log().warn(warning.text()));
        var state = around.deployed().apply(context);
        var checks = new DeployedChecks(context, problems);
        state.ifPresent(all -> clusters.forEach(cluster -> checks.component(all, cluster)));
        boolean several = clusters.size() > 1;
        var planned = clusters.stream()
                .map(cluster -> PlannedCluster.of(
                        cluster,
                        Place.of(target),
                        state.map(all -> several ? all.of(cluster.name()) : all.ofOnly(cluster.name())),
                        names -> around.patroni().apply(target, names),
                        problems))
                .toList();
        problems.throwIfAny();
        var operated = clusters.stream()
                .filter(cluster -> cluster.spec().exporter().stream()
                        .anyMatch(exporter -> exporter.rules() == Exporter.Rules.PROMETHEUS_RULE))
                .toList();
        if (!operated.isEmpty()) {
            var lacking = around.operator().apply(target); // the same for all
            operated.forEach(cluster -> checks.operator(lacking, cluster));
        }
        planned.stream()
                .filter(PlannedCluster::makesNamespace)
                .map(PlannedCluster::cluster)
                .forEach(cluster ->
                        checks.owner(around.owner().apply(target, cluster.spec().names()), cluster));
        problems.throwIfAny();
        planned.forEach(cluster -> cluster.text(title(context, cluster, several))
                .ifPresent(text -> context.log().info(text)));
        planned.forEach(cluster ->
                cluster.changedByHand().ifPresent(text -> context.log().warn(text)));
        return new Clusters(target, planned);
    }

    private static String title(Context context, PlannedCluster cluster, boolean several) {
        return "changes to what the stack " + context.stackName() + " has deployed"
                + (several ? " of " + cluster.name() : "");
    }

    /** Declares all clusters, through a provider of their own. */
    public Map<String, StreamingCluster> declare() {
        return declare(ClusterProvider.of(target));
    }

    /**
     * Declares all clusters.
     *
     * @param provider leads to the Kubernetes cluster that the stack names; a program with a {@link ClusterProvider} already
     *     passes that one
     * @return the components by their names, in the order of the sources
     * @throws UserError when the Kubernetes cluster is not that of the deployed objects, or a volume in it cannot grow
     */
    public Map<String, StreamingCluster> declare(Provider provider) {
        return refusing(() -> {
            var problems = new Problems();
            var known = ask(new ClusterFacts(provider), problems);
            problems.throwIfAny();
            return declare(known, provider);
        });
    }

    /** A user who may not create namespaces can rarely read cluster-scoped objects: then the Kubernetes cluster refuses. */
    private List<PlannedCluster> ask(ClusterFacts facts, Problems problems) {
        boolean allowed = planned.stream().anyMatch(Clusters::declaresNamespace);
        var growing = planned.stream()
                .flatMap(cluster -> cluster.growingClasses().stream())
                .collect(Collectors.toSet());
        Optional<String> uid = allowed ? facts.uid() : Optional.empty();
        Optional<Set<String>> fixed = allowed ? Optional.of(facts.fixedClasses(growing)) : Optional.empty();
        return planned.stream()
                .map(cluster -> cluster.asked(uid, fixed, problems))
                .toList();
    }

    /** Those that declare a namespace come first, because others may be in it. */
    private static Map<String, StreamingCluster> declare(List<PlannedCluster> clusters, Provider provider) {
        var namespaces = new HashMap<String, Resource>();
        var declared = new LinkedHashMap<String, StreamingCluster>();
        clusters.forEach(cluster -> declared.put(cluster.name(), null));
        Stream.concat(
                        clusters.stream().filter(Clusters::declaresNamespace),
                        clusters.stream().filter(cluster -> !declaresNamespace(cluster)))
                .forEach(cluster -> {
                    var namespace = cluster.cluster().spec().names().namespace();
                    var options = ComponentResourceOptions.builder().providers(provider);
                    Optional.ofNullable(namespaces.get(namespace)).ifPresent(options::dependsOn);
                    var component = cluster.declare(options.build());
                    component.namespace().ifPresent(made -> namespaces.put(namespace, made));
                    declared.put(cluster.name(), component);
                });
        return declared;
    }

    private static boolean declaresNamespace(PlannedCluster cluster) {
        return cluster.cluster().spec().config().createNamespace();
    }

    /** What a step returns; its refusals in the form that the engine prints as they are. */
    static <T> T refusing(Supplier<T> step) {
        try {
            return step.get();
        } catch (BadInput e) {
            throw new UserError(e);
        }
    }
}
