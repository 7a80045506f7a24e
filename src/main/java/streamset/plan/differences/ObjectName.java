package streamset.plan.differences;

import java.util.regex.Pattern;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/** Kind and name of an object. */
public record ObjectName(String kind, String name) {
    /** The end of the name of an immutable object, which another one replaces: the digest of its content. */
    private static final Pattern DIGEST = Pattern.compile("-[0-9a-f]{10}$");

    static ObjectName of(JsonNode object) {
        return new ObjectName(
                KubernetesObjects.text(object, "/kind").orElse(""),
                KubernetesObjects.text(object, "/metadata/name").orElse(""));
    }

    /** Whether a changed object has another name. */
    boolean isDigested() {
        return (kind.equals("ConfigMap") || kind.equals("Job"))
                && DIGEST.matcher(name).find();
    }

    /** Kind and name without the digest. */
    public ObjectName purpose() {
        return isDigested() ? new ObjectName(kind, DIGEST.matcher(name).replaceFirst("")) : this;
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
