package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.KeyToPathArgs;
import com.pulumi.kubernetes.core.v1.inputs.ObjectFieldSelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.node.PodContainer;
import streamset.node.PodProbe;
import streamset.node.Scratch;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;
import streamset.units.ByteSize;

/** The common parts of server pods and Job pods, from their description to the arguments of the SDK. */
final class PodParts {
    private static final String HUGE_PAGES = "hugepages-2Mi";
    // one in a value: Kubernetes replaces $(NAME) by the variable of that name
    private static final String DOLLAR = "$$";

    private PodParts() {}

    static PodSecurityContextArgs podSecurity(int user) {
        return PodSecurityContextArgs.builder()
                .runAsNonRoot(true)
                .runAsUser(user)
                .runAsGroup(user)
                .fsGroup(user) // otherwise the volume belongs to root and is not writable
                .fsGroupChangePolicy("OnRootMismatch") // otherwise every start visits all files of a large volume
                .seccompProfile(
                        SeccompProfileArgs.builder().type("RuntimeDefault").build())
                .build();
    }

    /** A container of the cluster's image. */
    static ContainerArgs.Builder container(
            ClusterSpec spec, PodContainer container, ResourceRequirementsArgs resources) {
        return container(spec.config().image(), container, resources);
    }

    /** A container with no privileges except on its own files. */
    static ContainerArgs.Builder container(String image, PodContainer container, ResourceRequirementsArgs resources) {
        var args = ContainerArgs.builder();
        var environment = Stream.concat(environment(container.environment()), fields(container.fields()))
                .toList();
        if (!environment.isEmpty()) {
            args.env(environment);
        }
        return args.name(container.name())
                .image(image)
                .imagePullPolicy("IfNotPresent")
                .command(container.command())
                .volumeMounts(container.mounts().stream().map(PodParts::mount).toList())
                .resources(resources)
                .securityContext(SecurityContextArgs.builder()
                        .allowPrivilegeEscalation(false)
                        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                        .readOnlyRootFilesystem(true)
                        .build());
    }

    private static Stream<EnvVarArgs> environment(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> EnvVarArgs.builder()
                        .name(variable.getKey())
                        .value(variable.getValue().replace("$", DOLLAR))
                        .build());
    }

    private static Stream<EnvVarArgs> fields(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(variable -> EnvVarArgs.builder()
                        .name(variable.getKey())
                        .valueFrom(EnvVarSourceArgs.builder()
                                .fieldRef(ObjectFieldSelectorArgs.builder()
                                        .fieldPath(variable.getValue())
                                        .build())
                                .build())
                        .build());
    }

    /** Requests equal limits, so that no other pod can take what PostgreSQL is configured to use. */
    static ResourceRequirementsArgs resources(ClusterSpec spec, Scratch scratch) {
        var resources = spec.config().resources();
        var quantities = new TreeMap<>(Map.of(
                "cpu", resources.cpu().quantity(), "memory", resources.memory().quantity()));
        spec.hugePages().ifPresent(size -> quantities.put(HUGE_PAGES, size.quantity()));
        return resources(quantities, quantities, scratch);
    }

    /** Of the node's disk a container gets less at first than it may fill, since hardly any does. */
    static ResourceRequirementsArgs resources(
            Map<String, String> requests, Map<String, String> limits, Scratch scratch) {
        return ResourceRequirementsArgs.builder()
                .requests(with(requests, scratch.request()))
                .limits(with(limits, scratch.limit().total()))
                .build();
    }

    private static Map<String, String> with(Map<String, String> quantities, ByteSize ofDisk) {
        var all = new TreeMap<>(quantities);
        all.put("ephemeral-storage", ofDisk.quantity());
        return all;
    }

    static ProbeArgs probe(PodProbe probe) {
        var args = ProbeArgs.builder();
        if (probe.question() instanceof PodProbe.Command command) {
            args.exec(ExecActionArgs.builder().command(command.words()).build());
        } else if (probe.question() instanceof PodProbe.Get get) {
            args.httpGet(HTTPGetActionArgs.builder()
                    .path(get.path())
                    .port(get.port())
                    .build());
        }
        probe.graceSeconds().ifPresent(args::terminationGracePeriodSeconds);
        return args.periodSeconds(probe.periodSeconds())
                .failureThreshold(probe.failures())
                .timeoutSeconds(probe.timeoutSeconds())
                .build();
    }

    private static VolumeMountArgs mount(PodMount mount) {
        var args = VolumeMountArgs.builder().name(mount.volume()).mountPath(mount.path());
        return mount.readOnly() ? args.readOnly(true).build() : args.build();
    }

    static List<VolumeArgs> volumes(List<PodVolume> volumes) {
        return volumes.stream().map(PodParts::volume).toList();
    }

    private static VolumeArgs volume(PodVolume volume) {
        var args = VolumeArgs.builder().name(volume.name());
        if (volume instanceof PodVolume.OfConfigMap map) {
            args.configMap(configMap(map));
        } else if (volume instanceof PodVolume.OfSecret secret) {
            args.secret(secret(secret));
        } else if (volume instanceof PodVolume.OfItsOwn own) {
            args.ephemeral(VolumeClaim.ofPod(own.volume()));
        } else if (volume instanceof PodVolume.Empty empty) {
            var folder =
                    EmptyDirVolumeSourceArgs.builder().sizeLimit(empty.limit().quantity());
            args.emptyDir(empty.inMemory() ? folder.medium("Memory").build() : folder.build());
        }
        return args.build();
    }

    private static SecretVolumeSourceArgs secret(PodVolume.OfSecret secret) {
        var source =
                SecretVolumeSourceArgs.builder().secretName(secret.secret()).defaultMode(secret.mode());
        if (secret.optional()) {
            source.optional(true);
        }
        if (!secret.items().isEmpty()) {
            source.items(paths(secret.items()));
        }
        return source.build();
    }

    private static ConfigMapVolumeSourceArgs configMap(PodVolume.OfConfigMap map) {
        var source = ConfigMapVolumeSourceArgs.builder().name(map.configMap());
        if (!map.items().isEmpty()) {
            source.items(paths(map.items()));
        }
        return source.build();
    }

    private static List<KeyToPathArgs> paths(Map<String, String> items) {
        return items.entrySet().stream()
                .map(item -> KeyToPathArgs.builder()
                        .key(item.getKey())
                        .path(item.getValue())
                        .build())
                .toList();
    }
}
