package streamset.conf;

import java.util.Set;
import java.util.regex.Pattern;
import streamset.problems.Invisible;

/**
 * A piece of a line of postgresql.conf. The rules are those of PostgreSQL's scanner, guc-file.l, which are the same from 14
 * to 18.
 *
 * @param start where in the line it begins
 */
record ConfToken(Kind kind, String text, int start) {
    // what is not ASCII counts as a letter: the scanner reads bytes, and takes each above 127 for one
    private static final String LETTER = "[A-Za-z_\\x80-\\x{10FFFF}]";
    private static final String LETTER_OR_DIGIT = "[A-Za-z_0-9\\x80-\\x{10FFFF}]";
    private static final String ID_RULE = LETTER + LETTER_OR_DIGIT + "*+";
    private static final String BLANKS = " \t\r"; // a form feed is none

    /** In the order of guc-file.l: of rules that match equally much, the first counts. */
    enum Kind {
        /** The end of the line, or a comment. */
        END("(?:#.*+)?\\z"),
        ID(ID_RULE),
        QUALIFIED_ID(ID_RULE + "\\." + ID_RULE),
        // *+ and not *, which would exhaust the stack over a long value
        STRING("'(?:[^'\\\\]++|\\\\.|'')*+'"),
        UNQUOTED_STRING(LETTER + "[A-Za-z_0-9\\x80-\\x{10FFFF}._:/-]*+"),
        INTEGER("[-+]?(?:0x[0-9a-fA-F]++|[0-9]++)[a-zA-Z]*+"),
        REAL("[-+]?[0-9]*+\\.[0-9]*+(?:[Ee][-+]?[0-9]++)?+"),
        EQUALS("="),
        /** A character that begins no other token. */
        OTHER(".");

        private final Pattern rule;

        Kind(String rule) {
            this.rule = Pattern.compile(rule, Pattern.DOTALL); // a carriage return is a character as others are
        }
    }

    private static final Set<Kind> VALUES = Set.of(Kind.ID, Kind.STRING, Kind.UNQUOTED_STRING, Kind.INTEGER, Kind.REAL);

    /** The first token of a line at this position or after it: the longest that any rule allows. */
    static ConfToken at(String line, int position) {
        int start = position;
        while (start < line.length() && BLANKS.indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        var longest = new ConfToken(Kind.END, "", start);
        for (var kind : Kind.values()) {
            var matcher = kind.rule.matcher(line).region(start, line.length());
            if (matcher.lookingAt() && matcher.end() > longest.end()) {
                longest = new ConfToken(kind, matcher.group(), start);
            }
        }
        return longest;
    }

    /** The token behind this one in the same line. */
    ConfToken next(String line) {
        return at(line, end());
    }

    /** Where in the line it ends. */
    int end() {
        return start + text.length();
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether there is a character in it that no person sees, outside quotes and comments. */
    boolean hasInvisible() {
        return kind != Kind.STRING && kind != Kind.END && Invisible.isIn(text);
    }

    /** Whether a parameter can be called so. */
    boolean isName() {
        return kind == Kind.ID || kind == Kind.QUALIFIED_ID;
    }

    /** Whether a parameter can have it as its value. */
    boolean isValue() {
        return VALUES.contains(kind);
    }
}
