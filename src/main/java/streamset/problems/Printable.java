package streamset.problems;

import java.util.regex.Pattern;

/**
 * Text from outside that is shown to people. A terminal takes control characters for commands, and characters that change the
 * direction of writing show a text as another one.
 */
public final class Printable {
    private static final String INSTEAD = "\uFFFD"; // the replacement character
    private static final Pattern BLANK = Pattern.compile("[\t\r]");
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029&&[^\n]]");

    private Printable() {}

    /** The text with its lines. */
    public static String text(String text) {
        return HARMFUL.matcher(BLANK.matcher(text).replaceAll(" ")).replaceAll(INSTEAD);
    }

    /** The text on one line. */
    public static String line(String text) {
        return text(text.replace('\n', ' '));
    }
}
