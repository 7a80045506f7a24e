package streamset.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.Map;
import java.util.TreeMap;
import streamset.config.Names;

/** Names, namespace and the recommended labels, the same way on every object. */
record Metadata(Names names) {
    /**
     * Annotation for what outlives its stack: the next stack that declares it becomes its owner, instead of failing on the
     * fields that the last one owned.
     */
    static final String TAKE_OVER = "pulumi.com/patchForce";

    private static final String LABEL = "app.kubernetes.io/";
    private static final String SERVER = "server"; // the component whose pods run PostgreSQL

    /** Metadata of an object in the cluster's namespace. */
    ObjectMetaArgs.Builder of(String name) {
        return ObjectMetaArgs.builder().name(name).namespace(names.namespace()).labels(labels());
    }

    /** Metadata of an object that lies in no namespace. */
    ObjectMetaArgs.Builder clusterWide(String name) {
        return ObjectMetaArgs.builder().name(name).labels(labels());
    }

    /** Labels of a pod that runs PostgreSQL; the Services select by them. */
    Map<String, String> serverLabels() {
        return podLabels(SERVER);
    }

    /** Labels of a pod that runs a Job; no Service selects it. */
    Map<String, String> podLabels(String component) {
        var labels = labels();
        labels.put(LABEL + "component", component);
        return labels;
    }

    /** What is constant about the server pods: a StatefulSet's selector can never change. */
    Map<String, String> selector() {
        return Map.of(LABEL + "name", "postgresql", LABEL + "instance", names.prefix(), LABEL + "component", SERVER);
    }

    LabelSelectorArgs labelSelector() {
        return LabelSelectorArgs.builder().matchLabels(selector()).build();
    }

    private Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        labels.put(LABEL + "name", "postgresql");
        labels.put(LABEL + "instance", names.prefix());
        labels.put(LABEL + "part-of", "streamset");
        labels.put(LABEL + "managed-by", "pulumi");
        return labels;
    }
}
