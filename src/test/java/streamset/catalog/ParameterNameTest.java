package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class ParameterNameTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "streamset");

    @ParameterizedTest
    @EnumSource
    void isOneThatPostgresqlHasToday(ParameterName name) {
        assertTrue(
                IntStream.rangeClosed(14, 18)
                        .mapToObj(Catalog::of)
                        .flatMap(catalog -> catalog.parameter(name.toString()).stream())
                        .anyMatch(parameter -> parameter.name().equalsIgnoreCase(name.toString())),
                name::toString);
    }

    /** The catalog has the names as its data; everybody else takes them from here, so that none can be misspelt. */
    @Test
    void standsInNoOtherSource() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var literals = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("catalog")))
                    .flatMap(ParameterNameTest::literals)
                    .toList();
            assertEquals(List.of(), literals);
        }
    }

    private static Stream<String> literals(Path file) {
        try {
            var text = Files.readString(file);
            return Arrays.stream(ParameterName.values())
                    .filter(name -> text.contains("\"" + name + "\""))
                    .map(name -> file + ": " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
