package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A Pulumi program that declares nothing, and writes down what the engine handed to it. */
final class Echo {
    static final String FILE = "ECHO_FILE"; // the variable that names the file to write

    private Echo() {}

    public static void main(String[] arguments) throws IOException {
        var properties = new Properties();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("PULUMI_CONFIG")) {
                properties.setProperty(name, value);
            }
        });
        try (var out = Files.newOutputStream(Path.of(System.getenv(FILE)))) {
            properties.store(out, "");
        }
    }
}
