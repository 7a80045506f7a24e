package streamset.kubernetes;

import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.node.Labels;

/** The StatefulSet: one primary and its standbys, all from the same template. */
final class PostgresStatefulSet {
    /** When the engine of its pods changes, all of them must stop in between: the StatefulSet is deleted, and made again. */
    private static final String ENGINE = "metadata.annotations[\"" + Labels.FAILOVER + "\"]";

    private PostgresStatefulSet() {}

    static Declarable of(ClusterSpec spec, Place place) {
        var name = spec.names().statefulSet();
        var metadata = new Metadata(spec);
        return Declarable.of(
                        "sfs",
                        StatefulSetArgs.builder()
                                .apiVersion("apps/v1")
                                .kind("StatefulSet")
                                .metadata(metadata.of(name, annotations(metadata, place))
                                        .build())
                                .spec(StatefulSetSpecArgs.builder()
                                        .serviceName(spec.names().headlessService())
                                        .replicas(spec.config().replicas())
                                        .podManagementPolicy("Parallel") // standbys wait for the primary by themselves
                                        .selector(metadata.labelSelector())
                                        .template(new PodTemplate(spec).args())
                                        .volumeClaimTemplates(claimTemplates(spec))
                                        .build())
                                .build(),
                        StatefulSet::new)
                // The templates cannot change; volumes grow through the claims, which are separate resources.
                .with(options -> options.ignoreChanges("spec.volumeClaimTemplates")
                        .replaceOnChanges(ENGINE)
                        .deleteBeforeReplace(true));
    }

    /** The next update compares them to make sure that it goes to the same Kubernetes cluster. */
    private static Map<String, String> annotations(Metadata metadata, Place place) {
        var annotations = new TreeMap<>(metadata.failover());
        place.context().ifPresent(context -> annotations.put(Labels.CONTEXT, context));
        place.uid().ifPresent(uid -> annotations.put(Labels.CLUSTER, uid));
        return annotations;
    }

    private static List<PersistentVolumeClaimArgs> claimTemplates(ClusterSpec spec) {
        return VolumeClaim.all(spec).stream()
                .map(claim -> PersistentVolumeClaimArgs.builder()
                        .metadata(ObjectMetaArgs.builder().name(claim.volume()).build())
                        .spec(claim.claimSpec())
                        .build())
                .toList();
    }
}
