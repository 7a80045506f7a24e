package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of pg_hba.conf, together with its continuation lines.
 *
 * @param number of its first line in the file, from 1
 * @param raw its full text, including line ends
 * @param fields as PostgreSQL reads them: each is a list of at least one word; comments and empty lines have none
 */
record HbaLine(int number, String raw, List<List<HbaToken>> fields) {
    /** An address that means the pods: one line for each of their names. */
    static final String PODS = "${pods}";

    private static final Pattern CONTINUATION = Pattern.compile("\\\\?\r*\n");
    private static final int LOOKED_AT_LIMIT =
            1000; // characters, including line ends, that are searched for words to show
    private static final int SHOWN_LIMIT = 160; // characters; longer ones are lists, too long for a message

    HbaLine {
        fields = List.copyOf(fields);
    }

    /** All lines of a file. Concatenated, their {@link #raw} is its text. */
    static List<HbaLine> of(String text) {
        var lines = new ArrayList<HbaLine>();
        int number = 1;
        for (int start = 0; start < text.length(); ) {
            var lexer = new HbaLexer(text, start);
            lines.add(new HbaLine(number, text.substring(start, lexer.end()), lexer.fields()));
            number += lexer.lineBreaks();
            start = lexer.end();
        }
        return lines;
    }

    /** The line for a message: on one line, without secrets, not too long. */
    String shown() {
        var whole = hasSecret() ? wordsBeforeSecret() : raw;
        var start = whole.substring(0, Math.min(whole.length(), LOOKED_AT_LIMIT));
        var shown = CONTINUATION.matcher(start).replaceAll("").strip();
        return shown.length() <= SHOWN_LIMIT && start.length() == whole.length()
                ? shown
                : shown.substring(0, Math.min(shown.length(), SHOWN_LIMIT)) + "…";
    }

    private boolean hasSecret() {
        return fields.stream().flatMap(List::stream).anyMatch(HbaToken::isSecret);
    }

    /** The words up to the first secret: what follows may belong to it if quotes are missing. */
    private String wordsBeforeSecret() {
        var words = new StringBuilder();
        for (var token : (Iterable<HbaToken>) fields.stream().flatMap(List::stream)::iterator) {
            if (token.isSecret()) {
                return words + token.text().substring(0, token.text().indexOf('=')) + "=[secret]";
            }
            words.append(token.text()).append(' ');
        }
        return words.toString();
    }

    /** The line that the servers get; if it contains {@link #PODS}, once for each of these names. */
    String render(List<String> pods) {
        var word = fields.stream()
                .flatMap(List::stream)
                .filter(token -> token.text().equals(PODS))
                .findFirst();
        return word.map(token -> pods.stream()
                        .map(name -> raw.substring(0, token.start()) + name + raw.substring(token.end()))
                        .collect(Collectors.joining(separator())))
                .orElse(raw);
    }

    /** The separator between copies of this line: empty, unless it is the last line and has no line end. */
    private String separator() {
        if (raw.endsWith("\n")) {
            return "";
        }
        return raw.stripTrailing().endsWith("\\") ? "\n\n" : "\n"; // the backslash would join the copies
    }
}
