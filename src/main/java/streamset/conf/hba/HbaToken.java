package streamset.conf.hba;

import java.util.regex.Pattern;

/**
 * A word of pg_hba.conf.
 *
 * @param text without its quotes
 * @param quoted whether it begins with a quote; then it is always a name
 * @param start its first position in {@link HbaLine#raw}, including quotes
 * @param end its end there, exclusive
 */
record HbaToken(String text, boolean quoted, int start, int end) {
    private static final Pattern SECRET = Pattern.compile("(ldapbindpasswd|radiussecrets)=.*", Pattern.DOTALL);
    private static final int SHOWN_LIMIT = 60; // characters; about the length of PostgreSQL's longest names

    boolean isKeyword(String keyword) {
        return !quoted && text.equals(keyword);
    }

    /** Whether it includes the words of another file. */
    boolean isInclusion() {
        return !quoted && text.length() > 1 && text.startsWith("@");
    }

    /** Whether it contains what only the server should know. */
    boolean isSecret() {
        return SECRET.matcher(text).matches();
    }

    /** The word for a message: in quotes, without secrets, not too long. */
    String shown() {
        return shown(SECRET.matcher(text).replaceAll("$1=[secret]"));
    }

    /** A part of a word that is not a secret, in the form for a message. */
    static String shown(String text) {
        return "\"" + (text.length() <= SHOWN_LIMIT ? text : text.substring(0, SHOWN_LIMIT) + "…") + "\"";
    }
}
