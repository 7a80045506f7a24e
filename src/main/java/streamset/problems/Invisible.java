package streamset.problems;

/** Characters that a person takes for a blank or does not see at all, most of them copied from a web page. */
public final class Invisible {
    private Invisible() {}

    public static boolean isIn(String text) {
        return text.codePoints().anyMatch(Invisible::is);
    }

    /** The first one of a text that has one, with its name in Unicode. */
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
