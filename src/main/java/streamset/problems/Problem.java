package streamset.problems;

/**
 * One thing that is wrong with the input: a fact, its consequence and the remedy.
 *
 * @param subject the configuration key, or the file and line
 * @param value the present value
 * @param reason why it cannot be used
 * @param fix the command or the edit that corrects it
 */
public record Problem(String subject, String value, String reason, String fix) {
    private static final int MOST_CHARACTERS = 300; // of a value: no real name or line is longer
    private static final int LABEL_WIDTH = 20; // aligns the three lines of most problems with each other

    public Problem {
        value = Printable.line(value);
        reason = Printable.text(reason);
    }

    /** The problem as three aligned lines for people. */
    public String text() {
        var label = Printable.line(subject);
        int width = Math.max(LABEL_WIDTH, DisplayWidth.of(label));
        return DisplayWidth.padded(label, width) + " = " + shortened(value, MOST_CHARACTERS) + "\n"
                + DisplayWidth.padded("problem", width) + " : " + indented(reason, width) + "\n"
                + DisplayWidth.padded("fix", width) + " : " + indented(Printable.text(fix), width);
    }

    /** A text, shortened to this number of characters. */
    public static String shortened(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
    }

    /** Aligns several lines. */
    private static String indented(String text, int width) {
        return text.replace("\n", "\n" + " ".repeat(width + " : ".length()));
    }
}
