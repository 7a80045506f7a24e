package streamset.problems;

import java.util.regex.Pattern;

/**
 * Columns that a text takes on a terminal, which are not its characters: those of East Asia and emoji take two, combining ones
 * none. An approximation by scripts and blocks, because Java has no table of widths: rare symbols of ambiguous width count as one,
 * and terminals differ in sequences of emoji, which count as one emoji here.
 */
public final class DisplayWidth {
    private static final Pattern CLUSTER = Pattern.compile("\\X"); // what a reader takes for one character
    private static final Pattern WIDE =
            Pattern.compile("[\\p{IsHan}\\p{InHiragana}\\p{InKatakana}\\p{IsHangul}\\p{IsBopomofo}\\p{IsYi}"
                    + "\\p{InCJK_Symbols_and_Punctuation}\\x{FF01}-\\x{FF60}\\x{FFE0}-\\x{FFE6}\\x{1F000}-\\x{1FAFF}"
                    + "⌚⌛⏩⏪⏰⏳☔☕♿⚓⚡⚽⛄⛔✅✨❌❎❓❗➕➖➗⭐⭕" // older emoji, which are among narrow symbols
                    + "\\x{FE0F}" // makes an emoji of the symbol before it
                    + "&&[^\\x{FF61}-\\x{FFDC}]]"); // halfwidth forms
    private static final Pattern NARROW = Pattern.compile("[^\\p{M}\\p{Cf}\\p{Cc}]");

    private DisplayWidth() {}

    public static int of(String text) {
        return isAscii(text)
                ? text.length()
                : CLUSTER.matcher(text)
                        .results()
                        .mapToInt(cluster -> ofCluster(cluster.group()))
                        .sum();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    private static int ofCluster(String cluster) {
        if (WIDE.matcher(cluster).find()) {
            return 2;
        }
        return (int) NARROW.matcher(cluster).results().count();
    }

    /** How many chars at the beginning of a text fit into so many columns, without cutting a character; those of the first at least. */
    public static int fitting(String text, int columns) {
        if (isAscii(text)) {
            return Math.min(text.length(), Math.max(1, columns));
        }
        var cluster = CLUSTER.matcher(text);
        int end = 0;
        int width = 0;
        while (cluster.find()) {
            width += ofCluster(cluster.group());
            if (width > columns && end > 0) {
                break;
            }
            end = cluster.end();
        }
        return end;
    }

    /** The text with blanks behind it, up to so many columns. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }
}
