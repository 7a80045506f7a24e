package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No command is printed that nobody has tried. */
@Tag("unit")
class PrintedCommandsTest {
    @Test
    void standInTheListOfThoseThatAreTried() throws IOException {
        var listed = PrintedCommands.tried().stream()
                .map(PrintedCommands.Tried::place)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                String.join("\n", listed),
                String.join("\n", PrintedCommands.inTheSources()),
                () -> "add what is new to " + PrintedCommands.LIST + ", with a command for RemediesIT to try");
    }

    @Test
    void changeTheConfigurationInOnePlaceOnly() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                boolean writes = Files.readString(file).contains("\"pulumi config");
                assertTrue(!writes || file.endsWith("ConfigCommand.java"), file::toString);
            }
        }
    }
}
