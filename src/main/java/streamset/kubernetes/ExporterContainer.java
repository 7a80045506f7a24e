package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.features.Exporter;
import streamset.metrics.MetricsFiles;
import streamset.node.Environment;
import streamset.node.PodContainer;
import streamset.node.Scratch;
import streamset.pod.PodMount;

/**
 * The container beside a server that offers its metrics. It has no probes: a readiness probe would take the server out of its Services
 * when the exporter fails, and its script starts it again without one.
 */
record ExporterContainer(ClusterSpec spec, Exporter exporter) {
    private static final Map<String, String> RESOURCES =
            Map.of("cpu", Exporter.CPU.quantity(), "memory", Exporter.MEMORY.quantity());
    private static final String GARBAGE_LIMIT = "48MiB"; // above it Go collects garbage in time

    ContainerArgs args() {
        return PodParts.container(
                        exporter.image(), container(), PodParts.resources(RESOURCES, RESOURCES, Scratch.ofExporter()))
                .ports(ContainerPortArgs.builder()
                        .name(Exporter.CONTAINER)
                        .containerPort(exporter.port())
                        .build())
                .build();
    }

    private PodContainer container() {
        var environment = new LinkedHashMap<String, String>();
        environment.put(
                Environment.MAJOR_VERSION, Integer.toString(spec.config().version()));
        environment.put("METRICS_PORT", Integer.toString(exporter.port()));
        // within the pod there is nobody to be mistaken for the server
        environment.put("METRICS_SSLMODE", spec.encryption().isPresent() ? "require" : "disable");
        environment.put("GOMEMLIMIT", GARBAGE_LIMIT);
        return new PodContainer(
                Exporter.CONTAINER,
                List.of("sh", Exporter.FILES_MOUNT + "/" + MetricsFiles.SCRIPT),
                environment,
                Map.of(),
                List.of(
                        PodMount.readOnly(Exporter.FILES_VOLUME, Exporter.FILES_MOUNT),
                        PodMount.readOnly(Exporter.PASSWORD_VOLUME, Exporter.PASSWORD_MOUNT)));
    }
}
