package streamset.review;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Kubernetes objects as one YAML stream: sorted, so that the same stack always gives the same text. */
final class Manifests {
    // What others need comes first, so that the stream can be applied from top to bottom.
    private static final List<String> KINDS =
            List.of("Namespace", "ConfigMap", "Secret", "Service", "PersistentVolumeClaim", "StatefulSet", "Job");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE) // conf files and scripts stay readable
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private Manifests() {}

    /** @param showSecrets whether the data of Secrets stay readable */
    static String yaml(List<Map<String, Object>> objects, boolean showSecrets) {
        return objects.stream()
                .sorted(Comparator.comparingInt(Manifests::rank).thenComparing(Manifests::name, Manifests::byOrdinal))
                .map(object -> showSecrets ? object : withoutSecrets(object))
                .map(object -> YAML.writeValueAsString(wholeNumbers(object)))
                .collect(Collectors.joining());
    }

    private static int rank(Map<String, Object> object) {
        int rank = KINDS.indexOf(object.get("kind"));
        if (rank < 0) {
            throw new IllegalStateException("no place in the stream for a " + object.get("kind"));
        }
        return rank;
    }

    private static String name(Map<String, Object> object) {
        return ((Map<?, ?>) object.get("metadata")).get("name").toString();
    }

    /** postgresql-sfs-2 before postgresql-sfs-10. */
    private static int byOrdinal(String one, String other) {
        return Comparator.comparing((String name) -> name.replaceFirst("\\d+$", ""))
                .thenComparingInt(String::length)
                .thenComparing(name -> name)
                .compare(one, other);
    }

    private static Map<String, Object> withoutSecrets(Map<String, Object> object) {
        if (!"Secret".equals(object.get("kind"))) {
            return object;
        }
        var copy = new TreeMap<>(object);
        var hidden = new TreeMap<String, Object>();
        ((Map<?, ?>) object.get("data")).keySet().forEach(key -> hidden.put(key.toString(), HIDDEN_BASE64));
        copy.put("data", hidden);
        return copy;
    }

    private static final String HIDDEN_BASE64 = "W3NlY3JldF0="; // "[secret]": the API server accepts nothing but base64

    /** The mock engine hands every number over as a floating-point one. */
    private static Object wholeNumbers(Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new TreeMap<String, Object>();
            map.forEach((key, member) -> copy.put(key.toString(), wholeNumbers(member)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Manifests::wholeNumbers).toList();
        }
        return value instanceof Double number && number == Math.rint(number) ? (Object) number.longValue() : value;
    }
}
