package streamset.problems;

import java.util.regex.Pattern;

/** Words of commands that people copy into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./~-]+");

    private ShellWord() {}

    /** The word, in quotation marks if the shell would interpret it. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : always(word);
    }

    /** The word in quotation marks. */
    static String always(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** The inverse of {@link #quoted}. */
    static String unquoted(String written) {
        return written.startsWith("'")
                ? written.substring(1, written.length() - 1).replace("'\\''", "'")
                : written;
    }
}
