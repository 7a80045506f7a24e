package streamset.plan.differences;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import streamset.features.BalancerAnnotation;
import tools.jackson.databind.JsonNode;

/**
 * What an object in the cluster has without being declared: defaults of the API server, what controllers write, and what
 * others have added.
 */
final class LiveObject {
    private static final Set<String> OF_THE_SERVER = Set.of(
            "status",
            "creationTimestamp",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "uid",
            "finalizers",
            "ownerReferences");

    /** Fields whose value the server or a controller chooses. */
    private static final Set<String> CHOSEN = Set.of(
            "clusterIP", "clusterIPs", "ipFamilies", "volumeName", "storageClassName", "nodePort", "serviceAccount");

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("allocateLoadBalancerNodePorts", "true"),
            Map.entry("apiVersion", "v1"),
            Map.entry("completionMode", "NonIndexed"),
            Map.entry("completions", "1"),
            Map.entry("defaultMode", "420"),
            Map.entry("dnsPolicy", "ClusterFirst"),
            Map.entry("emptyDir", "{}"),
            Map.entry("externalTrafficPolicy", "Cluster"),
            Map.entry("failureThreshold", "3"),
            Map.entry("internalTrafficPolicy", "Cluster"),
            Map.entry("ipFamilyPolicy", "SingleStack"),
            Map.entry("manualSelector", "false"),
            Map.entry("parallelism", "1"),
            Map.entry("periodSeconds", "10"),
            Map.entry("persistentVolumeClaimRetentionPolicy", "{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"}"),
            Map.entry("podReplacementPolicy", "TerminatingOrFailed"),
            Map.entry("protocol", "TCP"),
            Map.entry("resources", "{}"),
            Map.entry("restartPolicy", "Always"),
            Map.entry("revisionHistoryLimit", "10"),
            Map.entry("schedulerName", "default-scheduler"),
            Map.entry("scheme", "HTTP"),
            Map.entry("securityContext", "{}"),
            Map.entry("sessionAffinity", "None"),
            Map.entry("successThreshold", "1"),
            Map.entry("suspend", "false"),
            Map.entry("terminationGracePeriodSeconds", "30"),
            Map.entry("terminationMessagePath", "/dev/termination-log"),
            Map.entry("terminationMessagePolicy", "File"),
            Map.entry("timeoutSeconds", "1"),
            Map.entry("type", "ClusterIP"),
            Map.entry("updateStrategy", "{\"rollingUpdate\":{\"partition\":0},\"type\":\"RollingUpdate\"}"),
            Map.entry("volumeMode", "Filesystem"));

    private static final Set<String> SHARED = Set.of("labels", "annotations");

    /** The labels and annotations that this program writes; others may add their own. */
    private static final Pattern OURS = Pattern.compile("(streamset|app\\.kubernetes\\.io|pulumi\\.com)/.*");

    private LiveObject() {}

    /**
     * Whether a field counts although the program does not declare it.
     *
     * @param parent the field that contains it
     */
    static boolean isDeclared(String kind, String parent, String field, JsonNode value) {
        if (SHARED.contains(parent)) {
            return OURS.matcher(field).matches()
                    || kind.equals("Service") && BalancerAnnotation.of(field).isPresent();
        }
        boolean ofAController = kind.equals("Job") && parent.equals("spec") && field.equals("selector");
        var text = value.isValueNode() ? value.asString() : JsonDifferences.text(value);
        return !ofAController
                && !OF_THE_SERVER.contains(field)
                && !CHOSEN.contains(field)
                && !text.equals(DEFAULTS.get(field));
    }
}
