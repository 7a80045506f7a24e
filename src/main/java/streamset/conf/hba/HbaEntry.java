package streamset.conf.hba;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of pg_hba.conf that says something: neither a comment nor empty.
 *
 * @param meaning the same for lines that differ in blanks and comments only
 * @param shown the line for people, without secrets
 */
public record HbaEntry(String meaning, String shown) {
    /** All that a file has, in their order. */
    public static List<HbaEntry> of(String pgHbaConf) {
        return HbaLine.of(pgHbaConf).stream()
                .filter(line -> !line.fields().isEmpty())
                .map(line -> new HbaEntry(meaning(line), line.shown()))
                .toList();
    }

    private static String meaning(HbaLine line) {
        return line.fields().stream()
                .map(words -> words.stream().map(HbaEntry::meaning).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n")); // which ends a line, so that no word has it
    }

    private static String meaning(HbaToken word) {
        return word.quoted() ? '"' + word.text() + '"' : word.text();
    }
}
