package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the options of the method radius must be together: lists, of one value for all servers or one for each. */
final class HbaRadius {
    private static final Pattern ELEMENT =
            Pattern.compile("\\s*(\"(?:[^\"]|\"\")*+\"|[^\",\\s][^,\\s]*+)\\s*(?:,(?!\\s*$)|$)");

    private HbaRadius() {}

    /** The ports among them, when all is as the method needs it. */
    static List<String> ports(Map<String, String> options) throws HbaRefusal {
        int servers = list(options, "radiusservers").size();
        for (var name : List.of("radiusservers", "radiussecrets")) {
            if (list(options, name).isEmpty()) {
                throw new HbaRefusal("the method radius needs " + name, form(name));
            }
        }
        for (var name : List.of("radiussecrets", "radiusports", "radiusidentifiers")) {
            int values = list(options, name).size();
            if (values > 1 && values != servers) {
                throw new HbaRefusal(
                        name + " has " + values + " values, radiusservers " + servers,
                        "give one for all servers, or one for each");
            }
        }
        return list(options, "radiusports");
    }

    private static String form(String name) {
        return "write it as: " + name + "=VALUE, or " + name + "=\"VALUE,VALUE\"";
    }

    private static List<String> list(Map<String, String> options, String name) throws HbaRefusal {
        return split(options.getOrDefault(name, ""))
                .orElseThrow(() -> new HbaRefusal(name + " cannot be read as a list", form(name)));
    }

    /** As PostgreSQL splits a list; a value with blanks or commas is in double quotes of its own. */
    private static Optional<List<String>> split(String text) {
        var values = new ArrayList<String>();
        var element = ELEMENT.matcher(text);
        int end = text.stripTrailing().length();
        int position = 0;
        while (position < end) {
            if (!element.region(position, text.length()).lookingAt()) {
                return Optional.empty();
            }
            values.add(element.group(1));
            position = element.end();
        }
        return Optional.of(values);
    }
}
