package streamset;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A package uses only packages to the left of it, in the order that CONTRIBUTING.md shows. */
@Tag("unit")
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(App.class.getProtectionDomain().getCodeSource().getLocation());
    private static final String ROOT = "App"; // which is the package streamset itself
    private static final String MOCK_ENGINE = "streamset\\.review\\.(RecordingEngine|Render|TypicalRun)(\\$.*)?";

    private static String order() {
        try (var lines = Files.lines(Path.of("CONTRIBUTING.md"))) {
            return lines.filter(line -> line.contains(" → ") && !line.contains("`"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Each package with those that it may use. */
    static Stream<Arguments> packagesWithThoseToTheirLeft() {
        var all = new ArrayList<Arguments>();
        var left = new ArrayList<String>();
        for (String step : order().split(" → ")) {
            var here = Stream.of(step.split(", ")).map(ArchitectureTest::named).toList();
            here.forEach(name -> all.add(Arguments.of(name, List.copyOf(left))));
            left.addAll(here);
        }
        return all.stream();
    }

    private static String named(String word) {
        return word.equals(ROOT) ? "streamset" : "streamset." + word;
    }

    @ParameterizedTest(name = "{0} uses only {1}")
    @MethodSource("packagesWithThoseToTheirLeft")
    void usesOnlyWhatStandsLeftOfIt(String name, List<String> left) {
        usesOnly(name, left).check(CLASSES);
    }

    private static ArchRule usesOnly(String name, List<String> left) {
        var allowed = Stream.concat(Stream.of(name), left.stream()).toArray(String[]::new);
        DescribedPredicate<JavaClass> others =
                resideInAPackage("streamset..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
        return noClasses().that().resideInAPackage(name).should().dependOnClassesThat(others);
    }

    @Test
    void noticesAPackageThatUsesOneToItsRight() {
        var refusal = assertThrows(
                AssertionError.class,
                () -> usesOnly("streamset.config", List.of("streamset.problems", "streamset.units"))
                        .check(CLASSES));
        assertTrue(refusal.getMessage().contains("streamset.catalog.PostgresParameter"), refusal::getMessage);
    }

    @Test
    void hasEveryPackageInTheOrder() {
        var inTheProgram = new TreeSet<String>();
        CLASSES.forEach(one -> inTheProgram.add(one.getPackageName()));
        var inTheOrder = new TreeSet<String>();
        packagesWithThoseToTheirLeft().forEach(one -> inTheOrder.add((String) one.get()[0]));
        assertEquals(inTheProgram, inTheOrder);
    }

    @Test
    void hasNoCycles() {
        slices().matching("streamset.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void tellsTheSameOrderEverywhere() throws IOException {
        assertTrue(Files.readString(Path.of("README.md")).contains("\n" + order() + "\n"), "README.md");
        try (var files = Files.walk(Path.of("src", "main", "java", "streamset"))) {
            var folders = files.filter(Files::isDirectory).toList();
            for (var folder : folders) {
                var info = folder.resolve("package-info.java");
                assertTrue(Files.readString(info).contains("<pre>" + order() + "</pre>"), info::toString);
            }
        }
    }

    @Test
    void hasPulumiOnlyWhereObjectsAreDeclaredOrRecorded() {
        noClasses()
                .that()
                .resideOutsideOfPackages("streamset", "streamset.kubernetes")
                .and()
                .haveNameNotMatching(MOCK_ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.pulumi..")
                .check(CLASSES);
    }

    @Test
    void hasOutputsOnlyInTheObjectsAndInWhatTheStackExports() {
        noClasses()
                .that()
                .resideOutsideOfPackage("streamset.kubernetes")
                .and()
                .doNotHaveFullyQualifiedName("streamset.App")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("com.pulumi.core.Output")
                .check(CLASSES);
    }
}
