package streamset.problems;

import java.util.regex.Pattern;

/** Words of commands that somebody copies into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./~-]+");

    private ShellWord() {}

    /** The word with quotation marks where the shell would take it for something else. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : always(word);
    }

    /** The word between quotation marks. */
    static String always(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** The word that {@link #quoted} was given. */
    static String unquoted(String written) {
        return written.startsWith("'")
                ? written.substring(1, written.length() - 1).replace("'\\''", "'")
                : written;
    }
}
