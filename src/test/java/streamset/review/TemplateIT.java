package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.Command;

/** {@code pulumi new} with the real CLI: what it copies and asks, and that the program runs in what it makes. */
@Tag("cluster")
class TemplateIT {
    private static final Path TEMPLATE = Command.PROJECT.resolve("templates/streamset");

    @TempDir
    private Path folder;

    private PulumiCli cli;
    private Path made;

    @BeforeEach
    void makeFolder() throws IOException {
        cli = new PulumiCli(folder);
        // one of its own: the other has a project already
        cli.set("PULUMI_BACKEND_URL", "file://" + Files.createDirectories(folder.resolve("other-backend")));
        made = Files.createDirectories(folder.resolve("made"));
    }

    @AfterEach
    void removeLink() throws IOException {
        Files.deleteIfExists(made.resolve("target/lib"));
    }

    private static TreeSet<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            var names = new TreeSet<String>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(folder.relativize(file).toString()));
            return names;
        }
    }

    private String create(String template, String name, String... flags) {
        var created = cli.shell(
                "cd ../made && pulumi --non-interactive new \"$1\" --name \"$2\" --stack qa --yes"
                        + " -c kubernetes:context=kind -c streamset:secretName=passwords " + String.join(" ", flags),
                template,
                name);
        assertEquals(0, created.exitCode(), created.output());
        return created.output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "streamset", "My.Data-Base_1"})
    void makesAProjectOfAnyName(String name) throws IOException {
        var said = create(TEMPLATE.toString(), name);
        assertTrue(said.contains("Next: make build"), said);
        var expected = files(TEMPLATE);
        assertFalse(expected.toString().matches(".*(target/|Pulumi\\.\\w+\\.yaml|manifests).*"), expected::toString);
        expected.add("Pulumi.qa.yaml");
        assertEquals(expected, files(made));
        var pulumi = Files.readString(made.resolve("Pulumi.yaml"));
        assertTrue(pulumi.contains("\nname: " + name + "\n"), pulumi);
        assertFalse(pulumi.contains("template:\n"), pulumi);
        assertTrue(Files.readString(made.resolve("pom.xml")).contains("<artifactId>" + name + "</artifactId>"));
        assertEquals(
                Files.readString(TEMPLATE.resolve("src/main/postgresql/pg_hba.conf")),
                Files.readString(made.resolve("src/main/postgresql/pg_hba.conf")));
    }

    @Test
    void makesTheSameFromAnAddress() throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (Path file : Files.walk(TEMPLATE).skip(1).toList()) {
                boolean isFolder = Files.isDirectory(file); // which the CLI wants to be named
                out.putNextEntry(new ZipEntry(TEMPLATE.relativize(file) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(file, out);
                }
            }
        }
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/streamset.zip", exchange -> {
            exchange.sendResponseHeaders(200, zip.size());
            exchange.getResponseBody().write(zip.toByteArray());
            exchange.close();
        });
        server.start();
        try {
            create(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/streamset.zip",
                    "shop",
                    "--offline"); // no registry
        } finally {
            server.stop(0);
        }
        var expected = files(TEMPLATE);
        expected.add("Pulumi.qa.yaml");
        assertEquals(expected, files(made));
    }

    @Test
    void asksForWhatIsNeeded() throws IOException {
        cli.set("PULUMI_TEST_INTERACTIVE", "true"); // answers come from a file and not from a terminal
        var answers = Files.writeString(folder.resolve("answers"), "shop\n\nqa\nkind\n\n\npasswords\n");
        var said = cli.shell("cd ../made && pulumi new \"$1\" <\"$2\"", TEMPLATE.toString(), answers.toString());
        assertEquals(0, said.exitCode(), said.output());
        for (String question : List.of(
                "the context of the kubeconfig to deploy to (kubernetes:context): ",
                "the namespace, which is made (streamset:namespace) (postgresql): ",
                "pods, one primary and an even number of standbys (streamset:replicas) (3): ",
                "an existing Secret with the keys postgres and replicator; nothing for passwords of the stack"
                        + " (streamset:secretName): ")) {
            assertTrue(said.output().contains(question), said.output());
        }
        var stack = Files.readString(made.resolve("Pulumi.qa.yaml"));
        assertTrue(stack.endsWith("""
                config:
                  kubernetes:context: kind
                  streamset:namespace: postgresql
                  streamset:replicas: "3"
                  streamset:secretName: passwords
                """), stack);
    }

    @Test
    void runsTheProgramInIt() throws IOException {
        create(TEMPLATE.toString(), "shop");
        fetchProgram();
        var first = preview();
        assertTrue(
                first.contains("first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0"), first);

        assertEquals(0, cli.shell("cd ../made && pulumi config set replicas 5").exitCode());
        var refused = preview();
        var fix = "pulumi config rm shop:replicas, then: pulumi config set streamset:replicas 5";
        assertTrue(refused.contains(fix), refused);
        assertEquals(
                0, cli.shell("cd ../made && " + fix.replace(", then:", " &&")).exitCode());
        var second = preview();
        assertTrue(second.contains("postgresql-sfs-0 as primary and 4 standbys"), second);

        var explained = cli.shell("cd ../made && make -s explain STACK=qa");
        assertEquals(0, explained.exitCode(), explained.output());
        assertTrue(explained.output().contains("a primary and 4 standbys"), explained.output());
        var another = cli.shell("cd ../made && make -s new-stack STACK=prod FROM=qa");
        assertTrue(another.output().startsWith("wrote Pulumi.prod.yaml"), another.output());
    }

    @Test
    void takesThePasswordsAsItSays() throws IOException {
        var said = create(TEMPLATE.toString(), "shop");
        assertEquals(
                0,
                cli.shell("cd ../made && pulumi config rm streamset:secretName").exitCode());
        fetchProgram();
        assertTrue(preview().contains("passwords or secretName must say where the passwords come from"));
        var loop = said.substring(said.indexOf("for role"), said.indexOf("done") + "done".length());
        assertEquals(0, cli.shell("cd ../made && " + loop).exitCode(), loop);
        assertTrue(preview().contains("first deployment in the namespace postgresql"));
    }

    /** What comes of it without the plugin, which is asked for last. */
    private String preview() {
        return cli.shell("cd ../made && pulumi --non-interactive preview --stack qa || true")
                .output();
    }

    /** As {@code make build} does; without a repository of Maven, which has no program that was not published yet. */
    private void fetchProgram() throws IOException {
        var target = Files.createDirectories(made.resolve("target"));
        Files.copy(Command.PROJECT.resolve("target/streamset.jar"), target.resolve("streamset.jar"));
        Files.createSymbolicLink(target.resolve("lib"), Command.PROJECT.resolve("target/lib"));
    }
}
