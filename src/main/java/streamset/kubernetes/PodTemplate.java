package streamset.kubernetes;

import com.pulumi.Log;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.serialization.internal.Serializer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.config.Digest;
import streamset.features.Restoration;
import streamset.node.Agent;
import streamset.node.ArchiveContainers;
import streamset.node.Environment;
import streamset.node.Labels;
import streamset.node.PodContainer;
import streamset.node.Scratch;
import streamset.node.ServerPod;
import streamset.sizing.ShutdownTime;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The pod template of the StatefulSet: any change of it recreates all pods, one at a time. */
record PodTemplate(ClusterSpec spec) {
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    PodTemplateSpecArgs args() {
        return args(Map.of(Environment.POD_DIGEST, digest()));
    }

    /** Changes with everything in the template, so with every change that recreates pods. */
    String digest() {
        var withoutDigest = new Serializer(Log.ignore())
                .serializeAsync("template", args(Map.of()), false)
                .join();
        return Digest.of(SORTED.writeValueAsString(withoutDigest));
    }

    private PodTemplateSpecArgs args(Map<String, String> environment) {
        var agent = Agent.of(spec);
        var pod = agent.pod();
        var metadata = new Metadata(spec);
        var podSpec = PodSpecArgs.builder();
        agent.serviceAccount().ifPresent(podSpec::serviceAccountName);
        PodNodes.choose(podSpec, spec.placement());
        return PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .labels(metadata.serverLabels())
                        .annotations(annotations())
                        .build())
                .spec(podSpec.automountServiceAccountToken(
                                agent.serviceAccount().isPresent())
                        // otherwise the pod's environment depends on other Services
                        .enableServiceLinks(false)
                        .securityContext(PodParts.podSecurity(spec.config().user()))
                        .terminationGracePeriodSeconds((int) shutdownSeconds())
                        .topologySpreadConstraints(PodNodes.spread(spec.placement(), metadata))
                        .initContainers(initContainers(pod, environment))
                        .containers(containers(pod, environment))
                        .volumes(PodParts.volumes(pod.volumes()))
                        .build())
                .build();
    }

    /** With metrics, also those by which most configurations of Prometheus find them. */
    private Map<String, String> annotations() {
        var annotations = new TreeMap<>(Map.of(Labels.RESTART, spec.settings().restartDigest()));
        spec.exporter().ifPresent(exporter -> {
            annotations.put("prometheus.io/scrape", "true");
            annotations.put("prometheus.io/port", Integer.toString(exporter.port()));
        });
        return annotations;
    }

    /** Where data are restored, they are there before anybody looks for some. */
    private List<ContainerArgs> initContainers(ServerPod pod, Map<String, String> environment) {
        return Stream.concat(
                        spec.restoration().map(restoration -> restore(restoration, environment)).stream(),
                        Stream.of(container(pod.init(), environment).build()))
                .toList();
    }

    private ContainerArgs restore(Restoration restoration, Map<String, String> more) {
        return PodParts.container(
                        restoration.image(),
                        new ArchiveContainers(spec).restore(restoration).with(more),
                        PodParts.resources(spec, Scratch.ofServer()))
                .build();
    }

    /** The server first: what kubectl shows unless somebody names another one. */
    private List<ContainerArgs> containers(ServerPod pod, Map<String, String> environment) {
        return Stream.of(
                        Stream.of(server(pod, environment)),
                        spec.exporter().map(exporter -> new ExporterContainer(spec, exporter).args()).stream(),
                        spec.archive().map(archive -> new ArchiverContainer(spec, archive).args()).stream())
                .flatMap(containers -> containers)
                .toList();
    }

    private long shutdownSeconds() {
        return ShutdownTime.of(spec.budgets().memory().use().sharedBuffers()).toSeconds();
    }

    private ContainerArgs server(ServerPod pod, Map<String, String> environment) {
        return container(pod.server(), environment)
                .ports(PostgresPort.ofContainer())
                .startupProbe(PodParts.probe(pod.startup()))
                .readinessProbe(PodParts.probe(pod.readiness()))
                .livenessProbe(PodParts.probe(pod.liveness()))
                .build();
    }

    private ContainerArgs.Builder container(PodContainer container, Map<String, String> more) {
        return PodParts.container(spec, container.with(more), PodParts.resources(spec, Scratch.ofServer()));
    }
}
