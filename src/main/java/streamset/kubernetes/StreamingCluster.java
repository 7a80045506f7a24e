package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import streamset.config.Credentials;

/**
 * PostgreSQL streaming replication: one primary and its standbys. Usable on its own from any Pulumi Java program:
 *
 * <pre>{@code
 * var problems = new Problems();
 * var spec = ClusterSpec.of(RawConfig.fromEnvironment(System.getenv()), Path.of("."), "dev", problems);
 * problems.throwIfAny();
 * var cluster = new StreamingCluster("postgresql", spec, ComponentResourceOptions.builder().providers(provider).build());
 * }</pre>
 */
public final class StreamingCluster extends ComponentResource {
    private final ClusterSpec spec;
    private final List<Resource> first = new ArrayList<>(); // what everything else waits for

    /** Declares all objects of {@code spec}; the Kubernetes provider comes with {@code options}. */
    public StreamingCluster(String name, ClusterSpec spec, ComponentResourceOptions options) {
        super("streamset:index:StreamingCluster", name, options);
        this.spec = spec;
        if (spec.config().createNamespace()) {
            first.add(ClusterNamespace.of(spec, options()));
        }
        // Before all that depends on their size: a volume that cannot grow ends an update that has changed nothing
        // yet.
        first.addAll(declareClaims());
        declareServers(declareInputs());
        registerOutputs(Map.of());
    }

    /** How to reach the cluster. */
    public Connections connections() {
        return new Connections(spec);
    }

    /** What pods and Jobs read when they start. */
    private List<Resource> declareInputs() {
        var inputs = new ArrayList<>(first);
        inputs.add(ConfConfigMap.of(spec, options().build()));
        inputs.add(ScriptsConfigMap.of(spec, options().build()));
        if (spec.config().credentials() instanceof Credentials.Passwords passwords) {
            inputs.add(PasswordsSecret.of(spec, passwords, options().build()));
        }
        inputs.add(HeadlessService.of(spec, options().build()));
        return inputs;
    }

    private void declareServers(List<Resource> inputs) {
        ReadService.of(spec, options().build());

        PostgresStatefulSet.of(spec, options().dependsOn(inputs));
        ReplicatorJob.of(spec, options().dependsOn(inputs).build());
        ReloadJob.of(spec, options().dependsOn(inputs).build());
        SlotsJob.of(spec, options().dependsOn(inputs).build());

        // Leads to the new primary only when that writes, and stays with the old one when nothing was handed over.
        var handover = HandoverJob.of(spec, options().dependsOn(inputs).build());
        var afterHandover = new ArrayList<>(inputs);
        afterHandover.add(handover);
        PrimaryService.of(spec, options().dependsOn(afterHandover).build());
    }

    private List<PersistentVolumeClaim> declareClaims() {
        return IntStream.range(0, spec.config().replicas())
                .boxed()
                .flatMap(
                        ordinal -> VolumeClaim.all(spec).stream().map(claim -> claim.declare(spec, ordinal, options())))
                .toList();
    }

    private CustomResourceOptions.Builder options() {
        return CustomResourceOptions.builder().parent(this).dependsOn(List.copyOf(first));
    }
}
