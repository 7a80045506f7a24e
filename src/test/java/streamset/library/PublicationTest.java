package streamset.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What others read and copy to use the program as a library. */
@Tag("unit")
class PublicationTest {
    private static final Path POM = Path.of("pom.xml");
    private static final Path EXAMPLE = Path.of("examples/two-clusters");

    private static String in(Path pom, String path) {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            return XPathFactory.newInstance()
                    .newXPath()
                    .evaluate(path, document)
                    .strip();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The requirements of central.sonatype.org, except for the signatures. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "developers/developer/organizationUrl",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void isInThePomAsMavenCentralDemandsIt(String element) {
        assertFalse(in(POM, "/project/" + element).isEmpty(), element);
    }

    @Test
    void belongsToWhoeverHasTheRepository() {
        var owner =
                Pattern.compile("https://github\\.com/([a-z0-9-]+)/[a-z0-9-]+").matcher(in(POM, "/project/url"));
        assertTrue(owner.matches());
        assertEquals("io.github." + owner.group(1), in(POM, "/project/groupId"));
        assertEquals(in(POM, "/project/url"), in(POM, "/project/scm/url"));
        assertTrue(in(POM, "/project/version").matches("\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void isUsedByTheExampleAsItIsBuiltHere() {
        var dependency = "/project/dependencies/dependency[artifactId='streamset']/";
        for (var field : new String[] {"groupId", "version"}) {
            assertEquals(in(POM, "/project/" + field), in(EXAMPLE.resolve("pom.xml"), dependency + field));
        }
        for (var plugin : new String[] {"resources", "compiler", "surefire", "dependency", "jar"}) {
            var version = "/project/build/plugins/plugin[artifactId='maven-" + plugin + "-plugin']/version";
            assertFalse(in(POM, version).isEmpty(), plugin);
            assertEquals(in(POM, version), in(EXAMPLE.resolve("pom.xml"), version), plugin);
        }
        var logging = "/project/dependencies/dependency[artifactId='slf4j-nop']/version";
        for (var pom : new Path[] {EXAMPLE.resolve("pom.xml"), Path.of("templates/streamset/pom.xml")}) {
            assertEquals(in(POM, logging), in(pom, logging), pom::toString);
        }
    }

    /** Files of the example stand in the page word for word. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/example/TwoClusters.java",
                "src/main/resources/orders/postgresql.conf",
                "Pulumi.dev.yaml"
            })
    void isExplainedByTheExampleItself(String file) throws IOException {
        var text = Files.readString(EXAMPLE.resolve(file));
        var page = Files.readString(Path.of("docs/library.md"));
        assertTrue(page.contains("\n" + text + "```\n"), () -> "docs/library.md has another " + file);
    }

    @Test
    void isNamedInThePageAsItIsPublished() throws IOException {
        var page = Files.readString(Path.of("docs/library.md"));
        var dependency =
                """
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
                """.formatted(in(POM, "/project/groupId"), in(POM, "/project/artifactId"), in(POM, "/project/version"));
        assertTrue(page.contains(dependency), dependency);
    }
}
