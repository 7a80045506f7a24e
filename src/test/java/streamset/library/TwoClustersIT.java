package streamset.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;
import streamset.workflows.RealEngine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example as its user meets it: {@code mvn install} of the library, {@code mvn package} of the program, and the real CLI. The
 * plugin is a stand-in, because no Kubernetes is asked.
 */
@Tag("cluster")
class TwoClustersIT {
    private static final Path EXAMPLE = Command.PROJECT.resolve("examples/two-clusters");
    private static final String ARTIFACT = "streamset/1.0.0/streamset-1.0.0";

    @TempDir
    private Path folder;

    private LocalRepository repository;
    private RealEngine engine;
    private Path project;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = LocalRepository.in(folder.resolve("m2"));
    }

    @AfterEach
    void removeLinks() throws IOException {
        repository.removeLinks();
    }

    /** One test: what one step makes the next one needs, and each takes seconds. */
    @Test
    void isBuiltOnWhatIsInstalledAndDeploysBothClusters() throws IOException {
        installLibrary();
        buildExample();

        var first = mustRun("up", "--yes", "--skip-preview");
        assertTrue(
                first.contains("first deployment in the namespace shop: PostgreSQL 18, orders-sfs-0 as primary"),
                first);
        assertTrue(
                first.contains("first deployment in the namespace shop: PostgreSQL 18, billing-sfs-0, a primary alone"),
                first);
        assertEquals("[\"billing\",\"orders\"]", outputs());
        mustRun("preview", "--expect-no-changes");
        assertNothingSharesAName();

        mustRun("config", "set", "orders:replicas", "4");
        var refused = preview();
        assertTrue(refused.contains("pulumi config set orders:replicas 5"), refused);
        mustRun("config", "set", "orders:replicas", "5");
        var changed = preview();
        assertTrue(changed.contains("changes to what the stack dev has deployed of orders: "), changed);
        assertTrue(changed.contains("changes to what the stack dev has deployed of billing: none"), changed);
    }

    private void installLibrary() throws IOException {
        var library = Files.createDirectories(folder.resolve("library"));
        copy(Command.PROJECT.resolve("src/main"), library.resolve("src/main"));
        copy(Command.PROJECT.resolve("target/classes"), library.resolve("target/classes")); // compiled once
        Files.copy(Command.PROJECT.resolve("pom.xml"), library.resolve("pom.xml"));
        // a flaw of a comment is an error of javadoc, so it ends the installation
        var installed =
                repository.maven(library, "install", "-Dmaven.main.skip", "-Dmaven.test.skip", "-Dspotless.check.skip");
        assertEquals(0, installed.exitCode(), installed.output());
        assertEquals("", installed.output());

        var inJar = entries(".jar");
        try (Stream<Path> files = Files.walk(Command.PROJECT.resolve("src/main/bash"))) {
            files.filter(Files::isRegularFile)
                    .map(Command.PROJECT.resolve("src/main/bash")::relativize)
                    .forEach(script -> assertTrue(inJar.contains("streamset/node/" + script), script::toString));
        }
        for (var file : new String[] {
            "streamset/Clusters.class",
            "streamset/catalog/18.json",
            "streamset/postgresql/postgresql.conf",
            "streamset/postgresql/pg_hba.conf"
        }) {
            assertTrue(inJar.contains(file), file);
        }
        assertTrue(entries("-sources.jar").contains("streamset/Clusters.java"));
        assertTrue(entries("-javadoc.jar").contains("streamset/Clusters.html"));
    }

    private TreeSet<String> entries(String ending) throws IOException {
        var names = new TreeSet<String>();
        try (var jar = new JarFile(repository.installed(ARTIFACT + ending).toFile())) {
            jar.stream().forEach(entry -> names.add(entry.getName()));
        }
        return names;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private void buildExample() throws IOException {
        project = folder.resolve("two-clusters");
        copy(EXAMPLE.resolve("src"), project.resolve("src"));
        for (var file : new String[] {"pom.xml", "Pulumi.yaml", "Pulumi.dev.yaml"}) {
            Files.copy(EXAMPLE.resolve(file), project.resolve(file));
        }
        var built = repository.maven(project, "package");
        assertEquals(0, built.exitCode(), built.output());
        engine = new RealEngine(Files.createDirectories(folder.resolve("engine")));
        mustRun("stack", "init", "dev");
    }

    private String preview() {
        return engine.run(project, Map.of(), "preview").output();
    }

    private String mustRun(String... words) {
        return engine.mustRun(project, Map.of(), words);
    }

    private String outputs() {
        var names = new TreeSet<String>();
        JsonMapper.shared()
                .readTree(mustRun("stack", "output", "--json"))
                .propertyNames()
                .forEach(names::add);
        return JsonMapper.shared().writeValueAsString(names);
    }

    /** Neither for Pulumi nor for Kubernetes. */
    private void assertNothingSharesAName() {
        var urns = new TreeSet<String>();
        var objects = new TreeSet<String>();
        for (JsonNode resource : JsonMapper.shared()
                .readTree(mustRun("stack", "export"))
                .at("/deployment/resources")
                .values()) {
            assertTrue(urns.add(resource.path("urn").asString()), resource.path("urn")::asString);
            var inputs = resource.path("inputs");
            if (inputs.has("metadata")) {
                var name = inputs.path("kind").asString() + " "
                        + inputs.at("/metadata/name").asString();
                assertTrue(objects.add(name), name);
            }
        }
        assertTrue(
                objects.contains("StatefulSet orders-sfs") && objects.contains("StatefulSet billing-sfs"),
                objects::toString);
        assertFalse(objects.contains("StatefulSet postgresql-sfs"));
    }
}
