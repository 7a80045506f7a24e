package streamset.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The check of DateStyle: how dates are written, and which of day, month and year comes first; datestyle in variable.c. */
final class DateStyle {
    private static final Map<String, Pattern> STYLES = Map.of(
            "ISO", words("iso"),
            "SQL", words("sql"),
            "Postgres", words("postgres.*"),
            "German", words("german"));
    private static final Map<String, Pattern> ORDERS =
            Map.of("YMD", words("ymd"), "DMY", words("dmy|euro.*"), "MDY", words("mdy|us|noneuro.*"));
    private static final String EXPECTATION =
            "must be one of ISO, SQL, Postgres, German, one of MDY, DMY, YMD, or both, such as ISO, MDY";

    private DateStyle() {}

    private static Pattern words(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The text in PostgreSQL's own form: always both words. */
    static String check(String value) {
        var words = IdentifierList.split(value).orElseThrow(() -> new IllegalArgumentException(EXPECTATION));
        for (var word : words) {
            if (meaning(STYLES, word).isEmpty() && meaning(ORDERS, word).isEmpty() && !isDefault(word)) {
                throw new IllegalArgumentException(EXPECTATION);
            }
        }
        var style = single(STYLES, words);
        var order = single(ORDERS, words);
        return style.orElse("ISO") + ", " + order.orElseGet(() -> usualOrder(words));
    }

    /** The German style has its own order, unless the word "default" follows. */
    private static String usualOrder(List<String> words) {
        return words.stream()
                .filter(word -> meaning(STYLES, word).equals(Optional.of("German")) || isDefault(word))
                .reduce((earlier, later) -> later)
                .filter(word -> !isDefault(word))
                .map(german -> "DMY")
                .orElse("MDY");
    }

    private static boolean isDefault(String word) {
        return word.equalsIgnoreCase("default");
    }

    private static Optional<String> single(Map<String, Pattern> choices, List<String> words) {
        var meanings = words.stream()
                .flatMap(word -> meaning(choices, word).stream())
                .distinct()
                .toList();
        if (meanings.size() > 1) {
            throw new IllegalArgumentException("contradicts itself: " + String.join(" and ", meanings));
        }
        return meanings.stream().findAny();
    }

    private static Optional<String> meaning(Map<String, Pattern> choices, String word) {
        return choices.entrySet().stream()
                .filter(choice -> choice.getValue().matcher(word).matches())
                .findAny()
                .map(Map.Entry::getKey);
    }
}
