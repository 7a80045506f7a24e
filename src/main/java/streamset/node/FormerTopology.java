package streamset.node;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the topology of clusters that an older version declared: until the first update by this version, their pods have it
 * as a script, in the ConfigMap with the scripts.
 */
public final class FormerTopology {
    /** The key in that ConfigMap. */
    public static final String FILE = "topology.sh";

    private static final long BEFORE_GENERATIONS = 0;
    private static final Pattern HOSTS = Pattern.compile("(?m)^HOSTS=\\(([^)]*)\\)$");
    private static final Pattern PRIMARY = Pattern.compile("(?m)^PRIMARY=(\\d+)$");
    private static final Pattern LOST = Pattern.compile("(?m)^LOST=\\(([\\d ]*)\\)$");
    private static final Pattern KEEP_DIVERGED = Pattern.compile("(?m)^KEEP_DIVERGED=(true|false)$");
    private static final Pattern REVISION = Pattern.compile("(?m)^REVISION=(\\w+)$");
    private static final Pattern WAL_NEEDS = Pattern.compile("(?m)^WAL_NEEDS=(\\d+)$");

    private FormerTopology() {}

    /** @return empty when the text has another form */
    public static Optional<Topology> parse(String text) {
        return found(PRIMARY, text)
                .map(primary -> new Topology(
                        words(found(HOSTS, text).orElse("")),
                        Integer.parseInt(primary),
                        words(found(LOST, text).orElse("")).stream()
                                .map(Integer::valueOf)
                                .toList(),
                        found(KEEP_DIVERGED, text).map(Boolean::valueOf).orElse(false),
                        found(REVISION, text).orElse(""),
                        found(WAL_NEEDS, text).map(Long::valueOf).orElse(0L),
                        "",
                        BEFORE_GENERATIONS));
    }

    private static Optional<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(line -> line.group(1)).findFirst();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
