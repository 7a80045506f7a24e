package streamset.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import streamset.catalog.PostgresParameter;
import streamset.config.RawConfig;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a stack says, value by value.
 *
 * @param values by a name that is the same for each spelling of a parameter
 */
record StackLeaves(Map<String, Leaf> values) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PARAMETERS = "streamset:parameters";
    private static final String VOLUME = "streamset:wal.volume";

    // What a cluster is meant to do. All else is how large it is, where it lies, or what has become of its pods.
    private static final Set<String> INTENT = Set.of(
            "streamset:version",
            "streamset:image",
            "streamset:runAsUser",
            "streamset:synchronous",
            "streamset:failover",
            "streamset:failoverTimes",
            PARAMETERS,
            "streamset:databases",
            "streamset:allowTrust",
            "streamset:keepVolumes",
            "streamset:keepDiverged");
    private static final Set<String> INTENT_IN_OBJECTS = Set.of(
            "streamset:wal.share",
            "streamset:wal.segmentSize",
            "streamset:tls.required",
            "streamset:tls.clientCertificates");

    /**
     * A value.
     *
     * @param steps the full key, and below it the names of fields
     * @param text as the program gets it
     */
    record Leaf(List<String> steps, String text) {
        /** Whether only the stack itself can read it. */
        boolean isEncrypted() {
            return text.equals(StackFile.HIDDEN);
        }

        boolean isIntent() {
            return INTENT.contains(steps.get(0)) || INTENT_IN_OBJECTS.contains(path());
        }

        /** Whether it belongs to a volume for WAL: that there is one is intent, how large it is is not. */
        boolean isOfVolume() {
            return path().startsWith(VOLUME);
        }

        String path() {
            return String.join(".", steps);
        }
    }

    static StackLeaves of(RawConfig raw) {
        var values = new TreeMap<String, Leaf>();
        raw.values().forEach((key, text) -> {
            var steps = List.of(key);
            leaves(steps, json(text)).forEach(leaf -> values.put(name(leaf), leaf));
        });
        return new StackLeaves(values);
    }

    private static JsonNode json(String text) {
        try {
            var node = text.startsWith("{") ? JSON.readTree(text) : JSON.missingNode();
            return node.isObject() ? node : JSON.getNodeFactory().stringNode(text);
        } catch (JacksonException e) {
            return JSON.getNodeFactory().stringNode(text);
        }
    }

    private static List<Leaf> leaves(List<String> steps, JsonNode value) {
        if (!value.isObject()) {
            return List.of(new Leaf(steps, value.isContainer() ? value.toString() : value.asString("")));
        }
        var leaves = new ArrayList<Leaf>();
        value.properties().forEach(field -> {
            var inner = new ArrayList<>(steps);
            inner.add(field.getKey());
            leaves.addAll(leaves(List.copyOf(inner), field.getValue()));
        });
        return leaves;
    }

    /** Whether there is a volume for WAL. */
    boolean hasVolume() {
        return values.values().stream().anyMatch(Leaf::isOfVolume);
    }

    private static String name(Leaf leaf) {
        return leaf.steps().get(0).equals(PARAMETERS) ? PostgresParameter.name(leaf.path()) : leaf.path();
    }
}
