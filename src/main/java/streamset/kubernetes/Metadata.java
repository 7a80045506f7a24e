package streamset.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorRequirementArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.cluster.ProgramVersion;
import streamset.node.Labels;

/** Names, namespace, labels and the version of this program, in the same form on every object. */
record Metadata(ClusterSpec spec) {
    /**
     * Annotation for objects that outlive their stack: the next stack that declares one takes over its fields, instead of
     * failing because another stack owns them.
     */
    static final String TAKE_OVER = "pulumi.com/patchForce";

    /** Metadata of an object in the cluster's namespace. */
    ObjectMetaArgs.Builder of(String name) {
        return of(name, Map.of());
    }

    /** The same with annotations. */
    ObjectMetaArgs.Builder of(String name, Map<String, String> annotations) {
        return clusterWide(name, annotations).namespace(spec.names().namespace());
    }

    /** Metadata of a cluster-scoped object. */
    ObjectMetaArgs.Builder clusterWide(String name, Map<String, String> annotations) {
        var all = new TreeMap<>(annotations);
        all.put(Labels.PROGRAM_VERSION, ProgramVersion.TEXT);
        return ObjectMetaArgs.builder().name(name).labels(labels()).annotations(all);
    }

    /** Labels of the namespace: the API server refuses pods in it with privileges that a server does not need. */
    Map<String, String> namespaceLabels() {
        var labels = labels();
        labels.put(Labels.POD_SECURITY, Labels.RESTRICTED);
        return labels;
    }

    /** Labels of a pod that runs PostgreSQL; the Services select by them. */
    Map<String, String> serverLabels() {
        return podLabels(Labels.SERVER);
    }

    /** Labels of a pod that runs a Job; no Service selects it. */
    Map<String, String> podLabels(String component) {
        var labels = labels();
        labels.put(Labels.COMPONENT, component);
        return labels;
    }

    /** The labels of server pods that stay constant: a StatefulSet's selector can never change. */
    Map<String, String> selector() {
        var labels = new TreeMap<>(common());
        labels.put(Labels.COMPONENT, Labels.SERVER);
        return labels;
    }

    /** The labels that all pods of the cluster have, whatever they are for. */
    Map<String, String> common() {
        return Map.of(
                Labels.NAME, Labels.POSTGRESQL, Labels.INSTANCE, spec.names().prefix());
    }

    /** The pods of Jobs. */
    LabelSelectorArgs jobSelector() {
        return LabelSelectorArgs.builder()
                .matchLabels(common())
                .matchExpressions(LabelSelectorRequirementArgs.builder()
                        .key(Labels.COMPONENT)
                        .operator("NotIn")
                        .values(Labels.SERVER)
                        .build())
                .build();
    }

    LabelSelectorArgs labelSelector() {
        return LabelSelectorArgs.builder().matchLabels(selector()).build();
    }

    /** Annotations by which an object of a cluster with automatic failover is recognized; none otherwise. */
    Map<String, String> failover() {
        return spec.config().failover().automatic() ? Map.of(Labels.FAILOVER, Labels.AUTOMATIC) : Map.of();
    }

    /** Those that somebody asks for too. None of them replaces one by which the program finds its own objects. */
    Map<String, String> labelsBeside(Map<String, String> more) {
        var labels = new TreeMap<>(more);
        labels.putAll(labels());
        return labels;
    }

    Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        labels.put(Labels.NAME, Labels.POSTGRESQL);
        labels.put(Labels.INSTANCE, spec.names().prefix());
        labels.put(Labels.MAJOR_VERSION, Integer.toString(spec.config().version()));
        labels.put(Labels.PART_OF, Labels.PROGRAM);
        labels.put("app.kubernetes.io/managed-by", "pulumi");
        return labels;
    }
}
