package streamset.catalog;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number at the beginning of a text, as the C library reads it, and the rest of the text.
 *
 * @param value infinite when it is too large
 * @param text the number as written
 * @param rest the text after it, without surrounding blanks
 */
record LeadingNumber(double value, String text, String rest) {
    private static final String BLANK = " \t\n\u000B\f\r"; // isspace()
    private static final String BLANKS = "[" + BLANK + "]*+";
    private static final int MOST_DIGITS = 21; // of a long: octal ones
    private static final String WHOLE = "(?:0[xX](?<hex>[0-9a-fA-F]+)|(?<octal>0[0-7]*)|(?<decimal>[1-9][0-9]*))";
    private static final Pattern STRTOL = Pattern.compile(BLANKS + "(?<text>(?<sign>[-+]?)" + WHOLE + ")");
    private static final Pattern STRTOD = Pattern.compile(BLANKS + "(?<text>[-+]?(?:"
            + "(?<hex>0[xX](?:[0-9a-fA-F]+(?:\\.[0-9a-fA-F]*)?|\\.[0-9a-fA-F]+))(?<power>[pP][-+]?[0-9]+)?"
            + "|(?<decimal>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
            + "|(?<infinite>(?i:inf(?:inity)?))))");

    /**
     * For parameters with whole numbers: strtol() knows hexadecimal and octal ones, strtod() is used for a fraction, an
     * exponent or too many digits; guc.c: parse_int.
     */
    static Optional<LeadingNumber> whole(String text) {
        var matcher = STRTOL.matcher(text);
        if (!matcher.lookingAt()) {
            return text.startsWith(".") ? real(text) : Optional.empty();
        }
        var end = matcher.end();
        if (end < text.length() && ".eE".indexOf(text.charAt(end)) >= 0) {
            return real(text);
        }
        var digits = digits(matcher);
        if (digits.bitLength() >= Long.SIZE) {
            return real(text);
        }
        double value = matcher.group("sign").equals("-") ? -digits.doubleValue() : digits.doubleValue();
        return Optional.of(of(value, matcher.group("text"), text.substring(end)));
    }

    /** The number without its sign, or another one that is too large: reading millions of digits takes minutes. */
    private static BigInteger digits(Matcher matcher) {
        var hex = matcher.group("hex");
        var octal = matcher.group("octal");
        var digits = hex != null ? hex : octal != null ? octal : matcher.group("decimal");
        var significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MOST_DIGITS
                ? BigInteger.ONE.shiftLeft(Long.SIZE)
                : new BigInteger(significant, hex != null ? 16 : octal != null ? 8 : 10);
    }

    /** For parameters with fractions; guc.c: parse_real. Neither NaN nor numbers that are too small for a double. */
    static Optional<LeadingNumber> real(String text) {
        var matcher = STRTOD.matcher(text);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        var written = matcher.group("text");
        double value;
        if (matcher.group("infinite") != null) {
            value = written.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        } else if (matcher.group("hex") != null) {
            value = Double.parseDouble(matcher.group("power") == null ? written + "p0" : written);
        } else {
            value = Double.parseDouble(written);
            boolean zero = matcher.group("decimal").matches("[0.]*");
            if (!zero && Math.abs(value) < Double.MIN_NORMAL) {
                return Optional.empty();
            }
        }
        return Optional.of(of(value, written, text.substring(matcher.end())));
    }

    private static LeadingNumber of(double value, String text, String rest) {
        int begin = 0;
        int end = rest.length();
        while (begin < end && BLANK.indexOf(rest.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && BLANK.indexOf(rest.charAt(end - 1)) >= 0) {
            end--;
        }
        return new LeadingNumber(value, text, rest.substring(begin, end));
    }
}
