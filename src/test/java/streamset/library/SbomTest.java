package streamset.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code make sbom} says of the libraries is true of the files that the program runs with. */
@Tag("server")
class SbomTest {
    private static final Duration LIMIT = Duration.ofMinutes(5); // on a new machine Maven fetches the plugin first
    // what JUnit, ArchUnit and the like bring is no part of the program
    private static final Pattern OF_THE_PROGRAM =
            Pattern.compile("pulumi|kubernetes|gson|jackson-.*|grpc-.*|protobuf-java|okio-jvm|snakeyaml-engine"
                    + "|bc(pkix|prov|util)-jdk18on");

    @Test
    void namesEveryLibraryWithItsChecksum() throws IOException {
        var file = Command.PROJECT.resolve("target/sbom.json");
        Files.deleteIfExists(file);

        var made = new Command(List.of("make", "-s", "sbom"), Map.of(), LIMIT).run();

        assertEquals(0, made.exitCode(), made.output());
        var listed = checksums(JsonMapper.shared().readTree(file.toFile()));
        var used = jars();
        for (var library : listed.entrySet()) {
            assertEquals(used.get(library.getKey()), library.getValue(), library.getKey());
        }
        var own = used.keySet().stream()
                .filter(jar ->
                        OF_THE_PROGRAM.matcher(jar.replaceFirst("-\\d.*", "")).matches())
                .toList();
        assertTrue(own.size() > 15, own.toString());
        assertTrue(listed.keySet().containsAll(own), own + " are used, and listed are " + listed.keySet());
    }

    private static Map<String, String> checksums(JsonNode sbom) {
        var checksums = new TreeMap<String, String>();
        for (var component : sbom.get("components")) {
            var hash = StreamSupport.stream(component.get("hashes").spliterator(), false)
                    .filter(each -> each.get("alg").asString().equals("SHA-256"))
                    .map(each -> each.get("content").asString())
                    .collect(Collectors.joining());
            checksums.put(
                    component.get("name").asString() + "-"
                            + component.get("version").asString() + ".jar",
                    hash);
        }
        return checksums;
    }

    private static Map<String, String> jars() throws IOException {
        var jars = new TreeMap<String, String>();
        for (var path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.endsWith(".jar")) {
                jars.put(Path.of(path).getFileName().toString(), sha256(Path.of(path)));
            }
        }
        return jars;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
