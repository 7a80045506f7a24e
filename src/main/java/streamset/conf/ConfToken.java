package streamset.conf;

import java.util.Set;
import java.util.regex.Pattern;
import streamset.problems.Invisible;

/**
 * A token of a line of postgresql.conf. The rules are those of PostgreSQL's scanner, guc-file.l, which are the same from 14
 * to 18.
 *
 * @param start its first position in the line
 */
record ConfToken(Kind kind, String text, int start) {
    // characters outside ASCII count as letters: the scanner reads bytes, and accepts each above 127 as one
    private static final String LETTER = "[A-Za-z_\\x80-\\x{10FFFF}]";
    private static final String LETTER_OR_DIGIT = "[A-Za-z_0-9\\x80-\\x{10FFFF}]";
    private static final String ID_RULE = LETTER + LETTER_OR_DIGIT + "*+";
    private static final String BLANKS = " \t\r"; // not a form feed

    /** In the order of guc-file.l: among rules with equally long matches, the first one counts. */
    enum Kind {
        /** The end of the line, or a comment. */
        END("(?:#.*+)?\\z"),
        ID(ID_RULE),
        QUALIFIED_ID(ID_RULE + "\\." + ID_RULE),
        // *+ and not *, which would overflow the stack on a long value
        STRING("'(?:[^'\\\\]++|\\\\.|'')*+'"),
        UNQUOTED_STRING(LETTER + "[A-Za-z_0-9\\x80-\\x{10FFFF}._:/-]*+"),
        INTEGER("[-+]?(?:0x[0-9a-fA-F]++|[0-9]++)[a-zA-Z]*+"),
        REAL("[-+]?[0-9]*+\\.[0-9]*+(?:[Ee][-+]?[0-9]++)?+"),
        EQUALS("="),
        /** A character that begins no other token. */
        OTHER(".");

        private final Pattern rule;

        Kind(String rule) {
            this.rule = Pattern.compile(rule, Pattern.DOTALL); // a carriage return is a character like others
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

    /** The next token in the same line. */
    ConfToken next(String line) {
        return at(line, end());
    }

    /** Its end in the line, exclusive. */
    int end() {
        return start + text.length();
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it contains an invisible character outside quotes and comments. */
    boolean hasInvisible() {
        return kind != Kind.STRING && kind != Kind.END && Invisible.isIn(text);
    }

    /** Whether it can be the name of a parameter. */
    boolean isName() {
        return kind == Kind.ID || kind == Kind.QUALIFIED_ID;
    }

    /** Whether it can be the value of a parameter. */
    boolean isValue() {
        return VALUES.contains(kind);
    }
}
