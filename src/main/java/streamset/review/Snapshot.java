package streamset.review;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.plan.ScriptDigest;

/** The objects of a stack as they are kept for reviews: each node script by its digest. */
final class Snapshot {
    private Snapshot() {}

    /** The same objects, but for the texts of the scripts. */
    static List<Map<String, Object>> of(List<Map<String, Object>> objects) {
        return objects.stream()
                .map(object -> object.get("kind").equals("ConfigMap") ? withDigests(object) : object)
                .toList();
    }

    private static Map<String, Object> withDigests(Map<String, Object> configMap) {
        var data = new TreeMap<String, Object>();
        ((Map<?, ?>) configMap.get("data")).forEach((key, text) -> {
            var name = key.toString();
            data.put(name, ScriptDigest.isScript(name) ? ScriptDigest.of(text.toString()) : text);
        });
        var copy = new TreeMap<>(configMap);
        copy.put("data", data);
        return copy;
    }
}
