package streamset.conf.hba;

import java.util.regex.Pattern;

/**
 * Translates one of PostgreSQL's regular expressions to Java's. It reads what means the same in both; the rest (among it
 * back references, options, classes by locale) is refused, because then nobody could say which line decides.
 */
final class HbaExpressionReader {
    private static final int REPETITIONS_LIMIT = 255; // of PostgreSQL, for a number in braces
    private static final int SIZE_LIMIT =
            10_000; // characters with all repetitions written out; servers say "too complex" far above
    private static final int DEPTH_LIMIT = 20; // parentheses within parentheses
    private static final Pattern REPETITION = Pattern.compile("[*+?]\\??|\\{(\\d{1,3})(,(\\d{1,3})?)?}\\??");
    private static final Pattern CLASS =
            Pattern.compile("\\[:(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper):]");
    private static final Pattern RANGE = Pattern.compile("([a-z])-([a-z])|([A-Z])-([A-Z])|([0-9])-([0-9])");

    private final String text;
    private final StringBuilder java = new StringBuilder();
    private int position;

    /** @param text without the slash */
    HbaExpressionReader(String text) {
        this.text = text;
    }

    Pattern pattern() throws HbaRefusal {
        alternatives(0);
        if (position < text.length()) {
            throw refusal();
        }
        return Pattern.compile(java.toString(), Pattern.DOTALL);
    }

    private HbaRefusal refusal() {
        return new HbaRefusal(
                HbaToken.shown("/" + text) + " is no regular expression that can be read here, at character "
                        + (position + 2) + ", and then nobody can say which line decides",
                "write it with ASCII letters and . * + ? { } ( ) | [ ] ^ $ \\d \\w \\s only, or write out the names");
    }

    /** @return the size */
    private int alternatives(int depth) throws HbaRefusal {
        if (depth > DEPTH_LIMIT) {
            throw refusal();
        }
        int size = 0;
        while (position < text.length() && text.charAt(position) != ')') {
            if (text.charAt(position) == '|') {
                take("|", "|");
            } else {
                size += piece(depth);
            }
            if (size > SIZE_LIMIT) {
                throw refusal();
            }
        }
        return size;
    }

    private int piece(int depth) throws HbaRefusal {
        boolean repeatable = true;
        int size = 1;
        char c = text.charAt(position);
        if (c == '^') {
            take("^", "\\A");
            repeatable = false;
        } else if (c == '$') {
            take("$", "\\z");
            repeatable = false;
        } else if (c == '.') {
            take(".", ".");
        } else if (c == '[') {
            brackets();
        } else if (c == '\\') {
            escape();
        } else if (c == '(') {
            repeatable = !text.startsWith("(?=", position) && !text.startsWith("(?!", position);
            size = group(depth);
        } else if (isLiteral(c) && "*+?{".indexOf(c) < 0) {
            literal(c);
        } else {
            throw refusal();
        }
        return repeatable ? size * repetitions() : size;
    }

    private int group(int depth) throws HbaRefusal {
        if (text.startsWith("(?=", position)) {
            take("(?=", "(?=");
        } else if (text.startsWith("(?!", position)) {
            take("(?!", "(?!");
        } else {
            take(text.startsWith("(?:", position) ? "(?:" : "(", "(?:");
        }
        int size = alternatives(depth + 1);
        if (position == text.length()) {
            throw refusal();
        }
        take(")", ")");
        return size;
    }

    /** @return how often at most what stands before it is there, as far as that makes the expression larger */
    private int repetitions() throws HbaRefusal {
        var repetition = REPETITION.matcher(text).region(position, text.length());
        if (!repetition.lookingAt()) {
            return 1;
        }
        take(repetition.group(), repetition.group());
        if (repetition.group(1) == null) {
            return 1;
        }
        int least = Integer.parseInt(repetition.group(1));
        int most = repetition.group(3) == null ? least : Integer.parseInt(repetition.group(3));
        if (most < least || most > REPETITIONS_LIMIT) {
            throw refusal();
        }
        return Math.max(most, 1);
    }

    private void brackets() throws HbaRefusal {
        take("[", "[");
        if (text.startsWith("^", position)) {
            take("^", "^");
        }
        int first = position;
        while (!text.startsWith("]", position) || position == first) {
            var word = CLASS.matcher(text).region(position, text.length());
            var range = RANGE.matcher(text).region(position, text.length());
            if (word.lookingAt()) {
                var name = word.group(1);
                take(word.group(), "\\p{" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}");
            } else if (range.lookingAt()) {
                range();
            } else {
                member(first);
            }
        }
        take("]", "]");
    }

    private void range() throws HbaRefusal {
        char from = text.charAt(position);
        char to = text.charAt(position + 2);
        if (from > to) {
            throw refusal();
        }
        take(from + "-" + to, from + "-" + to);
    }

    /** A single character between brackets; a minus sign only where it cannot be meant for a range. */
    private void member(int first) throws HbaRefusal {
        char c = position < text.length() ? text.charAt(position) : ']';
        boolean plainMinus = position == first || text.startsWith("-]", position);
        if (c == '\\') {
            escape();
        } else if (isLiteral(c) && "[]".indexOf(c) < 0 && (c != '-' || plainMinus)) {
            literal(c);
        } else {
            throw refusal();
        }
    }

    private void escape() throws HbaRefusal {
        char c = position + 1 < text.length() ? text.charAt(position + 1) : 'x'; // a letter that is refused
        if ("dws".indexOf(c) >= 0) {
            take("\\" + c, "\\" + c);
        } else if (isLiteral(c) && !Character.isLetterOrDigit(c)) {
            position++;
            literal(c);
        } else {
            throw refusal();
        }
    }

    private static boolean isLiteral(char c) {
        return c >= ' ' && c <= '~';
    }

    private void literal(char c) {
        take(String.valueOf(c), Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c);
    }

    private void take(String postgres, String translation) {
        position += postgres.length();
        java.append(translation);
    }
}
