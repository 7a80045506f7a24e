package streamset.kubernetes;

import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySpreadConstraintArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import streamset.conf.ConfFiles;
import streamset.sizing.ShutdownTime;

/** The StatefulSet: one primary and its standbys, all from the same template. */
final class PostgresStatefulSet {
    /** The container that runs the server. */
    static final String CONTAINER = "postgresql";

    private static final String DATA_MOUNT = "/var/lib/postgresql/data";
    private static final String CONFIGS = "configs";
    private static final String RUN = "run";
    private static final String SHARED_MEMORY = "shm";
    private static final String TMP = "tmp";
    private static final String RESTART_ANNOTATION = "streamset/restart"; // a new value rolls the pods

    private final ClusterSpec spec;
    private final Metadata metadata;

    private PostgresStatefulSet(ClusterSpec spec) {
        this.spec = spec;
        this.metadata = new Metadata(spec.names());
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
                                .volumeClaimTemplates(claimTemplate())
                                .build())
                        .build(),
                // The template can not change; volumes grow through the claims, which are resources of their own.
                options.ignoreChanges("spec.volumeClaimTemplates").build());
    }

    private PodTemplateSpecArgs template() {
        return PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .labels(metadata.serverLabels())
                        .annotations(Map.of(RESTART_ANNOTATION, spec.files().restartDigest()))
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
                        .volumes(volumes())
                        .build())
                .build();
    }

    private Duration shutdownTime() {
        return ShutdownTime.of(spec.files().budgets().memory().use().sharedBuffers());
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
                .volumeMounts(data(), configs(), NodeScripts.mount(), NodeScripts.passwordsMount(), run(), tmp())
                .build();
    }

    private ContainerArgs container() {
        return container(CONTAINER, NodeScripts.START)
                .ports(PostgresPort.ofContainer())
                .startupProbe(Probes.startup())
                .readinessProbe(Probes.readiness())
                .livenessProbe(Probes.liveness())
                .volumeMounts(
                        data(), configs(), NodeScripts.mount(), run(), tmp(), PodParts.mount(SHARED_MEMORY, "/dev/shm"))
                .build();
    }

    private ContainerArgs.Builder container(String name, String script) {
        return ContainerArgs.builder()
                .name(name)
                .image(spec.config().image())
                .imagePullPolicy("IfNotPresent")
                .command(NodeScripts.command(script))
                // explicit, because official images from 18 on have another default; a folder below the mount point,
                // because a file system's root has lost+found and can not be renamed
                .env(EnvVarArgs.builder()
                        .name("PGDATA")
                        .value(DATA_MOUNT + "/pgdata")
                        .build())
                .resources(PodParts.resources(spec.config().resources()))
                .securityContext(PodParts.containerSecurity());
    }

    private static VolumeMountArgs data() {
        return PodParts.mount(DataClaim.VOLUME, DATA_MOUNT);
    }

    private static VolumeMountArgs configs() {
        return VolumeMountArgs.builder()
                .name(CONFIGS)
                .mountPath(ConfFiles.DIRECTORY)
                .readOnly(true)
                .build();
    }

    private static VolumeMountArgs run() {
        return PodParts.mount(RUN, "/var/run/postgresql");
    }

    private static VolumeMountArgs tmp() {
        return PodParts.mount(TMP, "/tmp");
    }

    private List<VolumeArgs> volumes() {
        return List.of(
                VolumeArgs.builder()
                        .name(CONFIGS)
                        .configMap(ConfigMapVolumeSourceArgs.builder()
                                .name(spec.names().configMap())
                                .build())
                        .build(),
                NodeScripts.volume(spec),
                NodeScripts.passwordsVolume(spec),
                PodParts.emptyVolume(RUN),
                PodParts.emptyVolume(TMP),
                // parallel queries share memory there, and the container runtime's own has only 64 MiB
                PodParts.memoryVolume(SHARED_MEMORY));
    }

    private PersistentVolumeClaimArgs claimTemplate() {
        return PersistentVolumeClaimArgs.builder()
                .metadata(ObjectMetaArgs.builder().name(DataClaim.VOLUME).build())
                .spec(DataClaim.claimSpec(spec))
                .build();
    }
}
