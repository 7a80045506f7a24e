package streamset.problems;

/**
 * One thing that is wrong with the input: a fact, its consequence and the remedy.
 *
 * @param subject the configuration key, or the file and line
 * @param value what stands there now
 * @param reason why that cannot be
 * @param fix the command or the edit that mends it
 */
public record Problem(String subject, String value, String reason, String fix) {
    private static final int MOST_CHARACTERS = 300; // of a value: no name or line that is meant is longer
    private static final int LABEL_WIDTH = 20; // so that the three lines of most problems align with each other

    /** The problem as three aligned lines, as a person reads it. */
    public String text() {
        int width = Math.max(LABEL_WIDTH, subject.length());
        return pad(subject, width) + " = " + shortened(value, MOST_CHARACTERS) + "\n" + pad("problem", width) + " : "
                + indented(reason, width) + "\n" + pad("fix", width) + " : " + indented(fix, width);
    }

    /** A text of which at most so many characters are shown. */
    public static String shortened(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
    }

    /** Several lines stand one below the other. */
    private static String indented(String text, int width) {
        return text.replace("\n", "\n" + " ".repeat(width + " : ".length()));
    }

    private static String pad(String label, int width) {
        return label + " ".repeat(width - label.length());
    }
}
