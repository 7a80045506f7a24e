package streamset.review;

import java.util.regex.Pattern;

/** The lines of a YAML text, and which of them are comments. */
record Lines(String text) {
    private static final Pattern COMMENT = Pattern.compile("\\s*#.*");
    private static final Pattern REST = Pattern.compile("\\s*(#.*)?"); // of a line on which nothing else is

    /** Where the line of a position begins. */
    int start(int position) {
        return text.lastIndexOf('\n', position - 1) + 1;
    }

    /** Where the next line begins, or the text ends. */
    int end(int position) {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end + 1;
    }

    /** Where the text of a line ends: before its line break. */
    int endOfText(int position) {
        int end = end(position);
        while (end > position && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /** Whether nothing is before a position in its line. */
    boolean isFirst(int position) {
        return text.substring(start(position), position).isBlank();
    }

    /** Whether at most a comment is behind a position in its line. */
    boolean isLast(int position) {
        return REST.matcher(text.substring(position, endOfText(position))).matches();
    }

    /** Whether two positions are in the same line. */
    boolean isSame(int one, int other) {
        return start(one) == start(other);
    }

    /**
     * Where the comments begin that are right above a line, which begins at this position; itself when there are none. Those
     * that begin the file are about all of it.
     *
     * @param most characters before them: comments farther to the right belong to what is above
     */
    int startOfCommentsAbove(int line, int most) {
        int first = line;
        while (first > 0 && isComment(start(first - 1), 0, most)) {
            first = start(first - 1);
        }
        return first == 0 ? line : first;
    }

    /** Where the comments end that are right below and belong to what is above, because they are farther to the right. */
    int endOfCommentsBelow(int line, int column) {
        int end = line;
        while (end < text.length() && isComment(end, column + 1, Integer.MAX_VALUE)) {
            end = end(end);
        }
        return end;
    }

    private boolean isComment(int line, int least, int most) {
        var words = text.substring(line, endOfText(line));
        int column = words.indexOf('#');
        return COMMENT.matcher(words).matches() && column >= least && column <= most;
    }

    /** The text with another part. */
    String replaced(int start, int end, String by) {
        return text.substring(0, start) + by + text.substring(end);
    }
}
