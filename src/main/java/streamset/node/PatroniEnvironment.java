package streamset.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import streamset.cluster.ClusterSpec;
import streamset.patroni.PatroniFile;

/**
 * The environment of the containers of {@link PatroniAgent}.
 *
 * @param primary the label of the pod that leads
 */
record PatroniEnvironment(ClusterSpec spec, Map<String, String> primary) {
    PatroniEnvironment {
        primary = Map.copyOf(primary);
    }

    Map<String, String> ofInit() {
        var environment = new LinkedHashMap<>(Environment.of(spec));
        environment.put(
                "LEASE_SECONDS",
                Long.toString(spec.config().failover().times().ttl().toSeconds()));
        environment.put("SCOPE", spec.names().prefix());
        environment.put("ROLE_LABEL", PatroniFile.ROLE_LABEL);
        environment.put("ROLE_SELECTOR", selectorOfPrimaries());
        return environment;
    }

    Map<String, String> ofServer() {
        var environment = new LinkedHashMap<>(ofInit());
        environment.putAll(new ArchiveContainers(spec).environmentOfServer());
        return environment;
    }

    private String selectorOfPrimaries() {
        var labels = new LinkedHashMap<String, String>();
        labels.put(Labels.NAME, Labels.POSTGRESQL);
        labels.put(Labels.INSTANCE, spec.names().prefix());
        labels.put(Labels.COMPONENT, Labels.SERVER);
        labels.putAll(primary);
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
