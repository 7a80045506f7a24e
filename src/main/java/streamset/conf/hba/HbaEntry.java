package streamset.conf.hba;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of pg_hba.conf that is neither a comment nor empty.
 *
 * @param meaning the same for lines that differ only in blanks and comments
 * @param shown the line for people, without secrets
 * @param ofTheNetwork whether it is about clients that come by another way than the socket
 * @param method by which clients are let in, or {@code reject}; empty when the line ends before it
 */
public record HbaEntry(String meaning, String shown, boolean ofTheNetwork, String method) {
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9a-fA-F]*[.:][0-9a-fA-F.:]+");
    private static final Pattern EVERYBODY =
            Pattern.compile("host\nall\nall\n(all|0\\.0\\.0\\.0/0|0\\.0\\.0\\.0\n0\\.0\\.0\\.0|::/0)\nreject");
    private static final Pattern CLIENTS = Pattern.compile(
            "(?!local\n)[a-z]+\n(?!replication\n)[^\n]+\n(?!(postgres|replicator|streamset)\n)[^\n]+\n");
    private static final Pattern OWN_POD = Pattern.compile("[a-z]+\n[^\n]+\n[^\n]+\n(127\\.|::1)");

    /** All entries of a file, in their order. */
    public static List<HbaEntry> of(String pgHbaConf) {
        return HbaLine.of(pgHbaConf).stream()
                .filter(line -> !line.fields().isEmpty())
                .map(line -> new HbaEntry(meaning(line), line.shown(), isOfTheNetwork(line), method(line)))
                .toList();
    }

    /** Whether clients from everywhere are rejected, whoever they are and whatever they want. */
    public boolean rejectsEverybody() {
        return EVERYBODY.matcher(meaning).matches();
    }

    /** Whether it lets in clients from other pods or from outside, other than standbys and the program's own. */
    public boolean letsClientsIn(boolean tls) {
        return CLIENTS.matcher(meaning).lookingAt()
                && !OWN_POD.matcher(meaning).lookingAt()
                && !method.equals("reject")
                && (tls || !meaning.startsWith("hostssl\n"));
    }

    private static boolean isOfTheNetwork(HbaLine line) {
        return !word(line, 0).equals("local");
    }

    /** After type, database and user; for the network also after an address, which may have its mask in a field of its own. */
    private static String method(HbaLine line) {
        int place = isOfTheNetwork(line) ? 4 : 3;
        boolean hasMask =
                isOfTheNetwork(line) && IP_ADDRESS.matcher(word(line, place)).matches();
        return word(line, hasMask ? place + 1 : place);
    }

    private static String word(HbaLine line, int field) {
        return field < line.fields().size() ? line.fields().get(field).get(0).text() : "";
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
