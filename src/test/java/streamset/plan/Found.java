package streamset.plan;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import streamset.node.Labels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects as they are found where an update was interrupted, or somebody changed or deleted something. */
public record Found(List<JsonNode> objects) {
    public Found {
        objects = List.copyOf(objects);
    }

    /** The topology declares another primary than the one that the Service for writing selects. */
    public Found withAppointed(int ordinal) {
        return with("ConfigMap postgresql-topology", map -> {
            var data = (ObjectNode) map.get("data");
            var topology = data.get("topology").asString();
            data.put("topology", topology.replaceFirst("primary=\\d+", "primary=" + ordinal));
        });
    }

    /** The conf files are newer than the pods. */
    public Found withRestart(String digest) {
        return with(
                "StatefulSet postgresql-sfs",
                set -> ((ObjectNode) set.at("/spec/template/metadata/annotations")).put(Labels.RESTART, digest));
    }

    /** The pods run other node scripts. */
    public Found withScripts(String digest) {
        return with(
                "StatefulSet postgresql-sfs",
                set -> set.at("/spec/template/spec/volumes")
                        .valueStream()
                        .filter(volume -> volume.path("name").asString().equals("scripts"))
                        .forEach(volume ->
                                ((ObjectNode) volume.get("configMap")).put("name", "postgresql-scripts-" + digest)));
    }

    public Found without(String object) {
        return new Found(
                objects.stream().filter(one -> !name(one).equals(object)).toList());
    }

    /** Without those whose kind and name begin so. */
    public Found withoutAll(String beginning) {
        return new Found(
                objects.stream().filter(one -> !name(one).startsWith(beginning)).toList());
    }

    /** Where one of the objects differs. */
    public Found with(String object, Consumer<ObjectNode> change) {
        return withAll(object, change);
    }

    /** Where all differ whose kind and name begin so. */
    public Found withAll(String beginning, Consumer<ObjectNode> change) {
        return new Found(objects.stream()
                .map(one -> name(one).startsWith(beginning) ? changed(one, change) : one)
                .toList());
    }

    /** With another object. */
    public Found and(JsonNode object) {
        return new Found(Stream.concat(objects.stream(), Stream.of(object)).toList());
    }

    private static JsonNode changed(JsonNode object, Consumer<ObjectNode> change) {
        var copy = (ObjectNode) object.deepCopy();
        change.accept(copy);
        return copy;
    }

    public static String name(JsonNode object) {
        return object.path("kind").asString() + " "
                + object.at("/metadata/name").asString();
    }
}
