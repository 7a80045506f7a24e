package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Tag("unit")
class ManifestsTest {
    @Test
    void areSortedByKindAndNameAndTheirFieldsByName() {
        assertEquals(
                """
                ---
                kind: Namespace
                metadata:
                  name: shop
                ---
                kind: ConfigMap
                metadata:
                  name: a
                ---
                data: {}
                kind: Secret
                metadata:
                  name: a
                ---
                kind: Service
                metadata:
                  name: a
                ---
                kind: Service
                metadata:
                  labels:
                    app: a
                    tier: b
                  name: b
                ---
                kind: PersistentVolumeClaim
                metadata:
                  name: data-2
                ---
                kind: PersistentVolumeClaim
                metadata:
                  name: data-10
                ---
                kind: StatefulSet
                metadata:
                  name: a
                ---
                kind: Job
                metadata:
                  name: a
                """,
                Manifests.yaml(
                        List.of(
                                object("Job", "a"),
                                object("StatefulSet", "a"),
                                object("PersistentVolumeClaim", "data-10"),
                                object("PersistentVolumeClaim", "data-2"),
                                Map.of(
                                        "metadata",
                                        Map.of("name", "b", "labels", Map.of("tier", "b", "app", "a")),
                                        "kind",
                                        "Service"),
                                object("Service", "a"),
                                object("Secret", "a"),
                                object("ConfigMap", "a"),
                                object("Namespace", "shop")),
                        true));
    }

    @Test
    void haveWholeNumbersAsSuch() {
        assertEquals(
                """
                ---
                kind: Service
                metadata:
                  name: a
                spec:
                  ports:
                  - port: 5432
                  weight: 0.5
                """,
                Manifests.yaml(
                        List.of(with(
                                "Service", "spec", Map.of("ports", List.of(Map.of("port", 5432.0)), "weight", 0.5))),
                        false));
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

    @Test
    void haveAPlaceForEveryKind() {
        var objects = List.of(object("CronJob", "a"), object("Job", "a"));
        var thrown = assertThrows(IllegalStateException.class, () -> Manifests.yaml(objects, false));
        assertEquals("no place in the stream for a CronJob", thrown.getMessage());
    }

    private static Map<String, Object> object(String kind, String name) {
        var metadata = Map.of("name", name);
        return kind.equals("Secret")
                ? Map.of("kind", kind, "metadata", metadata, "data", Map.of())
                : Map.of("kind", kind, "metadata", metadata);
    }

    private static Map<String, Object> with(String kind, String field, Object value) {
        return Map.of("kind", kind, "metadata", Map.of("name", "a"), field, value);
    }
}
