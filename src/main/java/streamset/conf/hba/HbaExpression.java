package streamset.conf.hba;

import java.util.regex.Pattern;

/** A regular expression of pg_hba.conf: what stands behind a slash, even in quotes. It fits what has it as a part. */
final class HbaExpression {
    private final String text;
    private final Pattern pattern;

    private HbaExpression(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static boolean isOne(HbaToken token) {
        return token.text().startsWith("/");
    }

    /**
     * Reads one.
     *
     * @throws HbaRefusal also where a server that is too old would take it for a name: there is none like it
     */
    static HbaExpression of(HbaToken token, HbaServer server) throws HbaRefusal {
        if (!server.hasRegularExpressions()) {
            throw new HbaRefusal(
                    "PostgreSQL " + server.version() + " knows no regular expressions here: for it " + token.shown()
                            + " is a name, and nobody is called like that",
                    "write out the names, with commas between them");
        }
        var text = token.text().substring(1);
        return new HbaExpression(text, new HbaExpressionReader(text).pattern());
    }

    boolean matches(String name) {
        return pattern.matcher(name).find();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HbaExpression expression && text.equals(expression.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "/" + text;
    }
}
