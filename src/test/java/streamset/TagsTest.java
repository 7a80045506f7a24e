package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a class of tests needs is its tag, by which {@code make check} leaves out what needs more than Java. */
@Tag("unit")
class TagsTest {
    private static final Set<String> TAGS = Set.of(
            "unit", // nothing but Java, make, bash and git
            "server", // the embedded PostgreSQL servers, or Debian's packages
            "cluster", // Kubernetes, or the Pulumi CLI
            "bench"); // not a test: it lies in src/bench, and a target of the Makefile starts it

    @Test
    void everyClassHasTheTagOfWhatItNeeds() {
        var without = new TreeMap<String, List<String>>();
        for (var type : testClasses()) {
            var tags = tags(type);
            if (tags.size() != 1 || !TAGS.containsAll(tags)) {
                without.put(type.getName(), tags);
            }
        }
        assertEquals("{}", without.toString(), "exactly one of " + TAGS + ", as in @Tag(\"unit\")");
    }

    /** Maven runs classes called IT after the program was packed, and the fault suite only when it is asked for. */
    @Test
    void whatNeedsAClusterHasANameThatSaysSo() {
        for (var type : testClasses()) {
            boolean named = type.getSimpleName().matches(".*(IT|Suite)");
            assertEquals(named, tags(type).contains("cluster"), type.getName());
        }
    }

    @Test
    void whatMeasuresLiesBesideTheTests() {
        for (var type : testClasses()) {
            var file = Path.of("src/bench/java", type.getName().replace('.', '/') + ".java");
            assertEquals(Files.exists(file), tags(type).contains("bench"), type.getName());
        }
    }

    private static List<Class<?>> testClasses() {
        var classes =
                ReflectionSupport.findAllClassesInPackage("streamset", TagsTest::hasTests, name -> !name.contains("$"));
        assertTrue(classes.contains(TagsTest.class), classes::toString);
        return classes;
    }

    private static boolean hasTests(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN)
                        .isEmpty();
    }

    private static List<String> tags(Class<?> type) {
        return AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
                .map(Tag::value)
                .toList();
    }
}
