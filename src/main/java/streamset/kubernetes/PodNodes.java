package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.LocalObjectReferenceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.TolerationArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySpreadConstraintArgs;
import java.util.List;
import streamset.pod.Placement;
import streamset.pod.Spread;
import streamset.pod.Toleration;

/** On which nodes pods run, as arguments of the SDK. */
final class PodNodes {
    private static final String REQUIRED = "DoNotSchedule";
    private static final String PREFERRED = "ScheduleAnyway";

    private PodNodes() {}

    /** Sets the fields that the placement says something about, and no others. */
    static void choose(PodSpecArgs.Builder pod, Placement placement) {
        placement.priorityClass().ifPresent(pod::priorityClassName);
        if (!placement.nodeLabels().isEmpty()) {
            pod.nodeSelector(placement.nodeLabels());
        }
        if (!placement.tolerations().isEmpty()) {
            pod.tolerations(
                    placement.tolerations().stream().map(PodNodes::toleration).toList());
        }
        if (!placement.affinity().isNone()) {
            pod.affinity(PodAffinities.of(placement.affinity()));
        }
        if (!placement.pullSecrets().isEmpty()) {
            pod.imagePullSecrets(placement.pullSecrets().stream()
                    .map(name -> LocalObjectReferenceArgs.builder().name(name).build())
                    .toList());
        }
    }

    private static TolerationArgs toleration(Toleration toleration) {
        var args = TolerationArgs.builder();
        toleration.key().ifPresent(args::key);
        toleration.operator().ifPresent(args::operator);
        toleration.value().ifPresent(args::value);
        toleration.effect().ifPresent(args::effect);
        toleration.seconds().ifPresent(args::tolerationSeconds);
        return args.build();
    }

    /** The spread of the pods that the selector of this cluster selects. */
    static List<TopologySpreadConstraintArgs> spread(Placement placement, Metadata metadata) {
        return placement.spread().stream().map(rule -> spread(rule, metadata)).toList();
    }

    private static TopologySpreadConstraintArgs spread(Spread rule, Metadata metadata) {
        var args = TopologySpreadConstraintArgs.builder()
                .maxSkew(1)
                .topologyKey(rule.label())
                .whenUnsatisfiable(rule.required() ? REQUIRED : PREFERRED)
                .labelSelector(metadata.labelSelector());
        // otherwise a node that is drained, or that takes no such pods, counts as empty, and the pod waits for it
        return rule.required() ? args.nodeTaintsPolicy("Honor").build() : args.build();
    }
}
