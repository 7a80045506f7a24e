package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Tag("unit")
class ManifestsTest {
    @Test
    void standInTheOrderInWhichTheyAreDeclaredWithTheirFieldsByName() {
        assertEquals(
                """
                ---
                kind: Namespace
                metadata:
                  name: shop
                ---
                kind: Service
                metadata:
                  labels:
                    app: a
                    tier: b
                  name: b
                spec:
                  ports:
                  - port: 5432
                  weight: 0.5
                ---
                kind: ConfigMap
                metadata:
                  name: a
                """,
                Manifests.yaml(
                        List.of(
                                object("Namespace", "shop"),
                                json(Map.of(
                                        "metadata",
                                        Map.of("name", "b", "labels", Map.of("tier", "b", "app", "a")),
                                        "spec",
                                        Map.of("weight", 0.5, "ports", List.of(Map.of("port", 5432))),
                                        "kind",
                                        "Service")),
                                object("ConfigMap", "a")),
                        true));
    }

    @Test
    void quoteTextsThatWouldBeReadAsSomethingElse() {
        assertEquals(
                """
                ---
                data:
                  bool: "true"
                  empty: ""
                  number: "4"
                  octal: "0440"
                  plain: 500m
                  "yes": "no"
                kind: ConfigMap
                metadata:
                  name: a
                """,
                Manifests.yaml(
                        List.of(with(
                                "ConfigMap",
                                "data",
                                Map.of(
                                        "bool", "true", "empty", "", "number", "4", "octal", "0440", "plain", "500m",
                                        "yes", "no"))),
                        false));
    }

    @Test
    void hideSecretsUnlessAskedNotTo() {
        var secret = with("Secret", "data", Map.of("postgres", "aHVudGVyMg==", "replicator", "aHVudGVyMw=="));
        assertEquals("""
                ---
                data:
                  postgres: W3NlY3JldF0=
                  replicator: W3NlY3JldF0=
                kind: Secret
                metadata:
                  name: a
                """, Manifests.yaml(List.of(secret), false));
        assertEquals("""
                ---
                data:
                  postgres: aHVudGVyMg==
                  replicator: aHVudGVyMw==
                kind: Secret
                metadata:
                  name: a
                """, Manifests.yaml(List.of(secret), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\ntwo\n",
                "one\ntwo",
                "  one\n two\n\n",
                "\none\n",
                "one  \ntwo\t\n",
                "# one: 'two' \"three\" \\n %m\n---\n...\n",
                "größer €\n😀\n",
                "one\r\ntwo\r\n",
                "one\0\u0007\n",
                "\n",
                "a very long line, longer than any line should be, so long that a writer would like to break it into two lines\n",
            })
    void giveTheSameTextsWhenTheyAreReadAgain(String text) {
        var object = with("ConfigMap", "data", Map.of("file", text));
        var yaml = Manifests.yaml(List.of(object), false);
        assertEquals(text, new YAMLMapper().readTree(yaml).at("/data/file").asString(), yaml);
    }

    private static JsonNode object(String kind, String name) {
        return json(Map.of("kind", kind, "metadata", Map.of("name", name)));
    }

    private static JsonNode with(String kind, String field, Object value) {
        return json(Map.of("kind", kind, "metadata", Map.of("name", "a"), field, value));
    }

    private static JsonNode json(Object value) {
        return JsonMapper.shared().valueToTree(value);
    }
}
