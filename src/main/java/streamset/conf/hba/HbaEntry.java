package streamset.conf.hba;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of pg_hba.conf that is neither a comment nor empty.
 *
 * @param meaning the same for lines that differ only in blanks and comments
 * @param shown the line for people, without secrets
 */
public record HbaEntry(String meaning, String shown) {
    /** All entries of a file, in their order. */
    public static List<HbaEntry> of(String pgHbaConf) {
        return HbaLine.of(pgHbaConf).stream()
                .filter(line -> !line.fields().isEmpty())
                .map(line -> new HbaEntry(meaning(line), line.shown()))
                .toList();
    }

    private static String meaning(HbaLine line) {
        return line.fields().stream()
                .map(words -> words.stream().map(HbaEntry::meaning).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n")); // no word contains a line feed, which ends a line
    }

    private static String meaning(HbaToken word) {
        return word.quoted() ? '"' + word.text() + '"' : word.text();
    }
}
