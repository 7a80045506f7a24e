package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DocsTest {
    private static final Path TEMPLATE = Path.of("templates/streamset");

    @Test
    void areAsTheyAreMade() throws IOException {
        for (var file : Docs.files(Path.of("")).entrySet()) {
            var difference = LineDiff.of(Files.readString(file.getKey()), file.getValue());
            assertEquals("", difference, () -> file.getKey() + " is stale; write it anew: make docs");
        }
    }

    @Test
    void fetchThisProgramInTheTemplate() throws IOException {
        var own = Files.readString(Path.of("pom.xml"));
        var pom = Files.readString(TEMPLATE.resolve("pom.xml"));
        assertEquals(first(own, "<groupId>(.*)</groupId>"), first(pom, "<program.groupId>(.*)</program.groupId>"));
        assertEquals(first(own, "<version>(.*)</version>"), first(pom, "<program.version>(.*)</program.version>"));
        var plugin = "maven-dependency-plugin</artifactId>\\s*<version>(.*)</version>";
        assertEquals(first(own, plugin), first(pom, plugin));
    }

    private static String first(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        return found.find() ? found.group(1) : "(nothing)";
    }
}
