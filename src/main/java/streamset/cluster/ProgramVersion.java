package streamset.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, which is an annotation of all objects. */
public final class ProgramVersion {
    /** The version in pom.xml. */
    public static final String TEXT = read();

    private ProgramVersion() {}

    private static String read() {
        try (InputStream file = ProgramVersion.class.getResourceAsStream("/streamset/program.properties")) {
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
