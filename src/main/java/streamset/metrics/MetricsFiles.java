package streamset.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the exporter beside each server runs and reads. */
public final class MetricsFiles {
    /** Runs the exporter. */
    public static final String SCRIPT = "exporter.sh";

    /** What it asks the server. */
    public static final String QUERIES = "queries.yaml";

    private static final String OF_ARCHIVE = "archive-queries.yaml";

    private MetricsFiles() {}

    /**
     * The files by name.
     *
     * @param archived whether the cluster has an archive
     */
    public static Map<String, String> all(boolean archived) {
        return new TreeMap<>(Map.of(SCRIPT, text(SCRIPT), QUERIES, text(QUERIES) + (archived ? text(OF_ARCHIVE) : "")));
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
