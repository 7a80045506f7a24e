package streamset.conf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value of postgresql.conf in single quotes, with PostgreSQL's escapes. */
final class QuotedString {
    private static final Pattern ESCAPE = Pattern.compile("''|\\\\(?:(?<octal>[0-7]{1,3})|.)", Pattern.DOTALL);

    private QuotedString() {}

    /**
     * @param token with its quotes
     * @return the value that PostgreSQL reads
     * @throws IllegalArgumentException when that is not a text, since octal escapes mean bytes
     */
    static String value(String token) {
        var bytes = token.substring(1, token.length() - 1).getBytes(StandardCharsets.UTF_8);
        var escaped = new String(bytes, StandardCharsets.ISO_8859_1); // a character for each byte
        var unescaped = ESCAPE.matcher(escaped).replaceAll(QuotedString::meaning);
        return text(unescaped.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String meaning(MatchResult escape) {
        var octal = escape.group(1);
        return Matcher.quoteReplacement(String.valueOf(octal == null ? character(escape.group()) : octet(octal)));
    }

    private static char character(String escape) {
        char last = escape.charAt(escape.length() - 1);
        return switch (last) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> last;
        };
    }

    private static char octet(String octal) {
        return (char) (Integer.parseInt(octal, 8) & 0xFF); // \400 and more lose their ninth bit, as in PostgreSQL
    }

    private static String text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an octal escape is a NUL byte, at which PostgreSQL ends the value");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("octal escapes produce bytes that are not a text in UTF-8", e);
        }
    }
}
