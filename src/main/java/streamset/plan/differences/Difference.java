package streamset.plan.differences;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One difference between two objects.
 *
 * @param path fields from the outermost on; an element of a list is shown as its name in brackets
 * @param from as text; empty when the field is new
 * @param to as text; empty when the field is removed
 */
public record Difference(List<String> path, Optional<String> from, Optional<String> to) {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    private static final String NOT_SET = "(not set)";

    public Difference {
        path = List.copyOf(path);
    }

    static String element(String name) {
        return "[" + name + "]";
    }

    /** Whether the difference is at this place or within it; {@code *} matches any one field. */
    public boolean isIn(String... place) {
        return path.size() >= place.length
                && IntStream.range(0, place.length)
                        .allMatch(step -> place[step].equals("*") || place[step].equals(path.get(step)));
    }

    /** The same difference without the first fields of its path. */
    Difference without(int fields) {
        return new Difference(path.subList(fields, path.size()), from, to);
    }

    /** The last field. */
    String field() {
        return path.get(path.size() - 1);
    }

    /** The path as people write it: {@code spec.containers[postgresql].image}. */
    public String where() {
        var text = new StringBuilder();
        for (var step : path) {
            if (step.startsWith("[")) {
                text.append(step);
            } else if (FIELD.matcher(step).matches()) {
                text.append(text.isEmpty() ? "" : ".").append(step);
            } else {
                text.append(element(step));
            }
        }
        return text.toString();
    }

    public String shownFrom() {
        return from.orElse(NOT_SET);
    }

    public String shownTo() {
        return to.orElse(NOT_SET);
    }
}
