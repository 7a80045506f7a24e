package streamset.conf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import streamset.problems.Problems;

/** A postgresql.conf: its lines, byte for byte, and what they set. As in PostgreSQL, the last setting of a parameter wins. */
public final class ConfFile {
    private static final String HEADING = "\n# ---- added by streamset; these lines override the lines above ----\n";

    /**
     * A line that sets a parameter.
     *
     * @param line its number; the first is 1
     * @param name as PostgreSQL compares it
     * @param value as PostgreSQL reads it, without quotes and escapes
     */
    public record Entry(int line, String name, String value) {}

    private final SourceFile source;
    private final List<Entry> occurrences;
    private final Map<String, Entry> holding = new LinkedHashMap<>();

    private ConfFile(SourceFile source, List<Entry> occurrences) {
        this.source = source;
        this.occurrences = List.copyOf(occurrences);
        occurrences.forEach(setting -> holding.put(setting.name(), setting));
    }

    /**
     * Adds a problem for each line that PostgreSQL cannot read, and a warning for each one that a later line overrides with
     * another value.
     */
    public static ConfFile parse(SourceFile source, Problems problems) {
        var lines = List.of(source.text().split("(?<=\n)")); // only at line feeds: for PostgreSQL a lone \r is a blank
        var reader = new ConfFileReader(source, lines, problems);
        var file = new ConfFile(source, reader.settings());
        file.overridden().forEach(setting -> reader.warnOfDuplicate(setting, file.holding.get(setting.name())));
        return file;
    }

    /** The file that was read. */
    public SourceFile source() {
        return source;
    }

    private List<Entry> overridden() {
        return occurrences.stream()
                .filter(setting ->
                        !setting.value().equals(holding.get(setting.name()).value()))
                .toList();
    }

    /** The setting in effect: the last one of this parameter. */
    Optional<Entry> setting(String name) {
        return Optional.ofNullable(holding.get(name));
    }

    /** The settings in effect, one for each parameter. */
    public List<Entry> settings() {
        return List.copyOf(holding.values());
    }

    /** Every setting in the order of the file, including those that a later one overrides. */
    public List<Entry> occurrences() {
        return occurrences;
    }

    /** The file as its author wrote it. */
    String text() {
        return source.text();
    }

    /**
     * The file as its author wrote it, followed by settings that override it. They begin on a new line: a line feed ends
     * everything in a postgresql.conf, even a comment or a value without its closing quote.
     */
    public String with(List<AddedLine> added) {
        var text = text();
        var end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return added.stream().map(line -> line.text() + "\n").collect(Collectors.joining("", text + end + HEADING, ""));
    }
}
