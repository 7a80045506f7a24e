package streamset.kubernetes;

import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySpreadConstraintArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import streamset.sizing.ShutdownTime;

/** The StatefulSet: one primary and its standbys, all from the same template. */
final class PostgresStatefulSet {
    /** The container that runs the server. */
    static final String CONTAINER = "postgresql";

    private static final String RESTART_ANNOTATION = "streamset/restart"; // a new value rolls the pods

    private final ClusterSpec spec;
    private final Metadata metadata;
    private final ServerVolumes volumes;

    private PostgresStatefulSet(ClusterSpec spec) {
        this.spec = spec;
        this.metadata = new Metadata(spec.names());
        this.volumes = new ServerVolumes(spec);
    }

    static StatefulSet of(ClusterSpec spec, CustomResourceOptions.Builder options) {
        return new PostgresStatefulSet(spec).declare(options);
    }

    private StatefulSet declare(CustomResourceOptions.Builder options) {
        var name = spec.names().statefulSet();
        return new StatefulSet(
                name,
                StatefulSetArgs.builder()
                        .metadata(metadata.of(name).build())
                        .spec(StatefulSetSpecArgs.builder()
                                .serviceName(spec.names().headlessService())
                                .replicas(spec.config().replicas())
                                .podManagementPolicy("Parallel") // standbys wait for the primary by themselves
                                .selector(metadata.labelSelector())
                                .template(template())
                                .volumeClaimTemplates(volumes.claimTemplates())
                                .build())
                        .build(),
                // The template cannot change; volumes grow through the claims, which are resources of their own.
                options.ignoreChanges("spec.volumeClaimTemplates").build());
    }

    private PodTemplateSpecArgs template() {
        return PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .labels(metadata.serverLabels())
                        .annotations(Map.of(RESTART_ANNOTATION, spec.settings().restartDigest()))
                        .build())
                .spec(PodSpecArgs.builder()
                        .automountServiceAccountToken(false) // nothing in the pod talks to the API server
                        // else the pod's environment, and with it the pod, depends on other Services
                        .enableServiceLinks(false)
                        .securityContext(PodParts.podSecurity())
                        .terminationGracePeriodSeconds((int) shutdownTime().toSeconds())
                        .topologySpreadConstraints(spreadOverNodes())
                        .initContainers(initContainer())
                        .containers(container())
                        .volumes(volumes.volumes())
                        .build())
                .build();
    }

    private Duration shutdownTime() {
        return ShutdownTime.of(spec.budgets().memory().use().sharedBuffers());
    }

    private TopologySpreadConstraintArgs spreadOverNodes() {
        return TopologySpreadConstraintArgs.builder()
                .maxSkew(1)
                .topologyKey("kubernetes.io/hostname")
                .whenUnsatisfiable("ScheduleAnyway") // a small cluster still gets all its pods
                .labelSelector(metadata.labelSelector())
                .build();
    }

    private ContainerArgs initContainer() {
        return container("init", NodeScripts.INIT)
                .env(environment())
                .volumeMounts(volumes.mountsOfInit())
                .build();
    }

    private ContainerArgs container() {
        return container(CONTAINER, NodeScripts.START)
                .ports(PostgresPort.ofContainer())
                .startupProbe(Probes.startup())
                .readinessProbe(Probes.readiness())
                .livenessProbe(Probes.liveness())
                .env(environment())
                .volumeMounts(volumes.mountsOfServer())
                .build();
    }

    private ContainerArgs.Builder container(String name, String script) {
        return ContainerArgs.builder()
                .name(name)
                .image(spec.config().image())
                .imagePullPolicy("IfNotPresent")
                .command(NodeScripts.command(script))
                .resources(PodParts.resources(spec.config().resources()))
                .securityContext(PodParts.containerSecurity());
    }

    private List<EnvVarArgs> environment() {
        var environment = new ArrayList<>(List.of(
                pgdata(),
                // With the pods and not in the topology: another size cannot hold for data that exist, and is then
                // noticed at once, by the first standby that is restarted.
                variable(
                        "WAL_SEGMENT_MEGABYTES",
                        Long.toString(spec.config().wal().segmentSize().megabytes()))));
        volumes.walDirectory().ifPresent(directory -> environment.add(variable("WALDIR", directory)));
        return environment;
    }

    /** Explicit, because official images from 18 on have another default. */
    private EnvVarArgs pgdata() {
        return variable("PGDATA", volumes.dataDirectory());
    }

    private static EnvVarArgs variable(String name, String value) {
        return EnvVarArgs.builder().name(name).value(value).build();
    }
}
