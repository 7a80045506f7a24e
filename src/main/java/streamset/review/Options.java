package streamset.review;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The arguments {@code --name=value} of a program that a script calls. */
final class Options {
    private static final Pattern OPTION = Pattern.compile("--([a-z-]+)(?:=(.*))?");

    private Options() {}

    /** Values by name; {@code yes} for an option without one. */
    static Map<String, String> of(String[] arguments) {
        var options = new TreeMap<String, String>();
        for (var argument : arguments) {
            var option = OPTION.matcher(argument);
            if (option.matches()) {
                options.put(
                        option.group(1), Optional.ofNullable(option.group(2)).orElse("yes"));
            }
        }
        return options;
    }
}
