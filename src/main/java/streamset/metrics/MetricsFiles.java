package streamset.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the exporter beside each server runs and reads: the same for all clusters. */
public final class MetricsFiles {
    /** Runs the exporter. */
    public static final String SCRIPT = "exporter.sh";

    /** What it asks the server. */
    public static final String QUERIES = "queries.yaml";

    private MetricsFiles() {}

    /** The files by name. */
    public static Map<String, String> all() {
        return new TreeMap<>(Map.of(SCRIPT, text(SCRIPT), QUERIES, text(QUERIES)));
    }

    static String text(String name) {
        try (var stream = MetricsFiles.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("there is no file " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
