package streamset.problems;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a certain width. */
public final class Wrapped {
    private Wrapped() {}

    /** Lines of at most so many columns, parted at blanks where there are some; at least one line. */
    public static List<String> lines(String text, int width) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (DisplayWidth.of(rest) > width) {
            int most = DisplayWidth.fitting(rest, width);
            int blank = rest.lastIndexOf(' ', most);
            boolean isParted = blank > 0 && !rest.substring(0, blank).isBlank();
            int end = isParted ? blank : most;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** The same as one text, of which the lines after the first are indented. */
    public static String hanging(String text, int width, int indent) {
        var first = lines(text, width);
        if (first.size() == 1) {
            return text;
        }
        var rest = text.substring(first.get(0).length()).strip();
        var more = lines(rest, Math.max(width / 2, width - indent));
        return first.get(0) + "\n" + String.join("\n", more).indent(indent).stripTrailing();
    }
}
