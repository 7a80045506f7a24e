package streamset.kubernetes;

import java.util.List;
import streamset.config.Names;
import streamset.config.Target;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The owner of a namespace, which kubectl reads. */
public enum NamespaceOwner {
    /** There is no such namespace. */
    NOBODY,
    /** It has the labels of this cluster: an earlier deployment has left it. */
    THIS_CLUSTER,
    /** It exists, and was created by something else. */
    SOMEBODY_ELSE,
    /** kubectl is not installed, or failed. */
    UNKNOWN;

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Runs kubectl. */
    public static NamespaceOwner of(Target target, Names names) {
        return new Kubectl(target)
                .get(List.of("namespace", names.namespace()))
                .map(json -> of(json, names))
                .orElse(UNKNOWN);
    }

    /** @param json the output of kubectl; blank when there is no such namespace */
    static NamespaceOwner of(String json, Names names) {
        if (json.isBlank()) {
            return NOBODY;
        }
        try {
            var labels = KubernetesObjects.texts(JSON.readTree(json), "/metadata/labels");
            return Labels.PROGRAM.equals(labels.get(Labels.PART_OF))
                            && names.prefix().equals(labels.get(Labels.INSTANCE))
                    ? THIS_CLUSTER
                    : SOMEBODY_ELSE;
        } catch (JacksonException e) {
            return UNKNOWN;
        }
    }
}
