package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.config.Digest;

/**
 * Bash scripts that some pods run: the entry points and everything that these source. Their version is the digest over all of
 * them, which is part of the name of their ConfigMap: a pod only ever sees the scripts that it started with.
 *
 * @param texts by path below {@code src/main/bash}, sorted
 * @param digest changes with every script
 */
public record Scripts(Map<String, String> texts, String digest) {
    private static final Pattern SOURCE = Pattern.compile("(?m)^source \"\\$SCRIPTS/([a-z/._-]+)\"$");
    private static final String FOLDER = "/streamset/node/"; // in the jar

    /** By entry points: they are the same for all clusters, and a review renders each of them several times. */
    private static final Map<List<String>, Scripts> CLOSURES = new ConcurrentHashMap<>();

    public Scripts {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /** @param entryPoints paths of the scripts that the pods run directly */
    static Scripts closureOf(List<String> entryPoints) {
        return CLOSURES.computeIfAbsent(List.copyOf(entryPoints), Scripts::read);
    }

    private static Scripts read(List<String> entryPoints) {
        var texts = new TreeMap<String, String>();
        entryPoints.forEach(path -> collect(path, texts));
        return new Scripts(texts, digest(texts));
    }

    /** @param path of the script, as in {@link #closureOf} */
    static List<String> command(String path, String... arguments) {
        return Stream.concat(Stream.of("bash", Paths.SCRIPTS + "/" + path), Stream.of(arguments))
                .toList();
    }

    private static void collect(String path, Map<String, String> texts) {
        if (!texts.containsKey(path)) {
            var text = text(path);
            texts.put(path, text);
            SOURCE.matcher(text).results().forEach(line -> collect(line.group(1), texts));
        }
    }

    private static String text(String path) {
        try (var stream = Scripts.class.getResourceAsStream(FOLDER + path)) {
            if (stream == null) {
                throw new IllegalStateException("there is no script " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Map<String, String> texts) {
        return Digest.of(texts.entrySet().stream()
                .flatMap(script -> List.of(script.getKey(), script.getValue()).stream())
                .toArray(String[]::new));
    }

    /** The data of a ConfigMap, whose keys cannot contain a slash. */
    public Map<String, String> data() {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(
                        script -> key(script.getKey()), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** The path of each key of {@link #data()}. */
    Map<String, String> items() {
        return texts.keySet().stream().collect(Collectors.toMap(Scripts::key, path -> path));
    }

    private static String key(String path) {
        return path.replace('/', '.');
    }
}
