package streamset.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names with commas between them, the form of many parameters; varlena.c: SplitIdentifierString. */
final class IdentifierList {
    private static final Pattern EMPTY = Pattern.compile("\\s*");
    private static final Pattern NEXT =
            Pattern.compile("\\G\\s*(?:\"(?<quoted>(?:[^\"]|\"\")*+)\"|(?<bare>[^\\s,\"][^\\s,]*+))\\s*(?<end>,|$)");

    private IdentifierList() {}

    /** The names, those without double quotes in lower case; empty when the list cannot be read. */
    static Optional<List<String>> split(String text) {
        var names = new ArrayList<String>();
        if (EMPTY.matcher(text).matches()) {
            return Optional.of(names);
        }
        var matcher = NEXT.matcher(text);
        while (matcher.find()) {
            var quoted = matcher.group("quoted");
            names.add(quoted == null ? matcher.group("bare").toLowerCase(Locale.ROOT) : quoted.replace("\"\"", "\""));
            if (matcher.group("end").isEmpty()) {
                return Optional.of(names);
            }
        }
        return Optional.empty();
    }
}
