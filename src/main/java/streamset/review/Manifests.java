package streamset.review;

import java.util.List;
import java.util.stream.Collectors;
import streamset.objects.HiddenSecret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Kubernetes objects as one YAML stream, with sorted fields, so that the same stack always gives the same text. */
final class Manifests {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE) // conf files and scripts stay readable
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private Manifests() {}

    /** @param showSecrets whether the data of Secrets stay readable */
    static String yaml(List<JsonNode> objects, boolean showSecrets) {
        return objects.stream()
                .map(object -> showSecrets ? object : HiddenSecret.of(object))
                .map(object -> YAML.writeValueAsString(YAML.convertValue(object, Object.class)))
                .collect(Collectors.joining());
    }
}
