package streamset.plan.differences;

/** Shortens long texts so that their difference is visible side by side. */
public final class Cut {
    private static final int SHOWN_CHARACTERS = 60; // of a value, so that a row fits on a line
    private static final int HEAD = 16; // enough to recognize the text
    private static final int BEFORE = 12; // before the difference, enough to find it
    private static final String GAP = "…";

    private Cut() {}

    /** @param other the text that it is compared with */
    public static String text(String text, String other) {
        if (text.length() <= SHOWN_CHARACTERS) {
            return text;
        }
        int difference = 0;
        while (difference < Math.min(text.length(), other.length())
                && text.charAt(difference) == other.charAt(difference)) {
            difference++;
        }
        int from = difference - BEFORE;
        if (from <= HEAD + GAP.length() || difference < SHOWN_CHARACTERS / 2) {
            return end(text, SHOWN_CHARACTERS);
        }
        int left = SHOWN_CHARACTERS - HEAD - GAP.length();
        int start = Math.min(from, text.length() - left + GAP.length());
        return text.substring(0, HEAD) + GAP + end(text.substring(Math.max(HEAD, start)), left);
    }

    private static String end(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters - GAP.length()) + GAP;
    }
}
