package streamset.problems;

/** Characters that look like a blank or are invisible, mostly copied from a web page. */
public final class Invisible {
    private Invisible() {}

    public static boolean isIn(String text) {
        return text.codePoints().anyMatch(Invisible::is);
    }

    /** The first one in a text that contains one, with its Unicode name. */
    public static String firstIn(String text) {
        return text.codePoints()
                .filter(Invisible::is)
                .mapToObj(c -> "U+%04X (%s)".formatted(c, Character.getName(c)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean is(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c != ' ' && Character.isSpaceChar(c);
    }
}
