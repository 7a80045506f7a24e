package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one line of pg_hba.conf, with its continuation lines, as PostgreSQL does: blanks, tabs and carriage returns separate
 * fields, commas the words of one field, unless they are in double quotes; a comment extends to the end of the line; a
 * backslash at the end joins the next line, even in a comment. Any other white space is part of a word.
 */
final class HbaLexer {
    private static final int END = -1; // of the line

    private final String text;
    private int position;
    private int lineBreaks;
    private boolean commaFollows; // after the word before the cursor, so the field continues
    private final List<List<HbaToken>> fields = new ArrayList<>();

    /** @param start of the line in the text of the file */
    HbaLexer(String text, int start) {
        this.text = text;
        this.position = start;
        while (current() != END) {
            var field = field(start);
            if (!field.isEmpty()) {
                fields.add(List.copyOf(field));
            }
        }
        if (position < text.length()) {
            position++;
            lineBreaks++;
        }
    }

    List<List<HbaToken>> fields() {
        return fields;
    }

    /** The beginning of the next line. */
    int end() {
        return position;
    }

    /** The number of lines of the file that it covers. */
    int lineBreaks() {
        return lineBreaks;
    }

    /** The character at the cursor, which first skips line continuations. */
    private int current() {
        while (position < text.length() && text.charAt(position) != '\n') {
            int after = text.charAt(position) == '\\' ? afterReturns(position + 1) : position;
            if (after == position || after < text.length() && text.charAt(after) != '\n') {
                return text.charAt(position);
            }
            position = Math.min(after + 1, text.length());
            lineBreaks += after < text.length() ? 1 : 0;
        }
        return END;
    }

    private int afterReturns(int start) {
        int after = start;
        while (after < text.length() && text.charAt(after) == '\r') {
            after++;
        }
        return after;
    }

    private List<HbaToken> field(int lineStart) {
        var tokens = new ArrayList<HbaToken>();
        do {
            while (isBlank(current()) || current() == ',') {
                position++;
            }
            commaFollows = false;
            if (current() == '#') {
                skipToEnd();
            } else if (current() != END) {
                tokens.add(token(lineStart));
            }
        } while (commaFollows);
        return tokens;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private void skipToEnd() {
        while (current() != END) {
            position++;
        }
    }

    /** A word; two quotes within quotes mean one quote in it. A quote without an end extends to the end of the line. */
    private HbaToken token(int lineStart) {
        int start = position;
        var word = new StringBuilder();
        boolean beginsQuoted = false;
        boolean inQuotes = false;
        boolean afterQuote = false; // which closed, unless another one follows
        int end = position;
        int c = current();
        while (c != END && (inQuotes || !isBlank(c) && c != '#' && c != ',')) {
            if (c != '"' || afterQuote) {
                word.append((char) c);
            }
            afterQuote = inQuotes && c == '"' && !afterQuote;
            if (c == '"') {
                inQuotes = !inQuotes;
                beginsQuoted |= word.isEmpty();
            }
            end = ++position;
            c = current();
        }
        commaFollows = c == ',';
        while (c == END && inQuotes && !word.isEmpty() && word.charAt(word.length() - 1) == '\r') {
            word.setLength(word.length() - 1);
        }
        return new HbaToken(word.toString(), beginsQuoted, start - lineStart, end - lineStart);
    }
}
