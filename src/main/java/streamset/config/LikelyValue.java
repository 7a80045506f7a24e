package streamset.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What somebody most likely means by a value in a form that is not read here, for remedies. */
final class LikelyValue {
    private static final Pattern VERSION =
            Pattern.compile("(?i)\\s*(?:(?:postgres(?:ql)?|pg|v)[ :-]?)?(\\d{2})(?:\\.\\d+)?\\s*");

    private LikelyValue() {}

    /** Whether a guess is a value that is read. */
    static boolean isRead(String text, Function<String, ?> parser) {
        try {
            parser.apply(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** In the words of YAML 1.1, of other programs and of numbers. */
    static Optional<String> bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y", "t", "1" -> Optional.of("true");
            case "false", "no", "off", "n", "f", "0" -> Optional.of("false");
            default -> Optional.empty();
        };
    }

    /** The major version, of which the minor one or the product is written too. */
    static Optional<String> version(String text) {
        var written = VERSION.matcher(text);
        return written.matches() ? Optional.of(written.group(1)) : Optional.empty();
    }
}
