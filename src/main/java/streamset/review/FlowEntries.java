package streamset.review;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Changes entries between braces in a YAML text, which may go over several lines and have comments. */
final class FlowEntries {
    private final String text;
    private final NodeSpan span;
    private final Lines lines;
    private final List<NodeTuple> entries;
    private final int brace; // the closing one

    FlowEntries(String text, MappingNode mapping) {
        this.text = text;
        this.span = new NodeSpan(text);
        this.lines = new Lines(text);
        this.entries = mapping.getValue();
        this.brace = span.end(mapping) - 1;
    }

    /** The text with an entry more, behind the last one. */
    String with(String entry) {
        if (entries.isEmpty()) {
            return lines.replaced(brace, brace, entry);
        }
        int last = entries.size() - 1;
        int end = end(last);
        if (!hasLines(last)) {
            return lines.replaced(end, end, ", " + entry);
        }
        int comma = comma(last);
        var line = text.substring(lines.start(start(last)), start(last)) + entry + (comma < 0 ? "" : ",") + "\n";
        int below = lines.end(end);
        return text.substring(0, end)
                + (comma < 0 ? "," : "")
                + text.substring(end, below)
                + line
                + text.substring(below);
    }

    /** The text without an entry, and without the comments that are about it alone. */
    String without(NodeTuple tuple) {
        int index = entries.indexOf(tuple);
        if (hasLines(index)) {
            return withoutLines(index);
        }
        return index == entries.size() - 1 ? withoutLast(index) : withoutOther(index);
    }

    /** Whether nothing else is on the lines of an entry, but a comment. */
    private boolean hasLines(int index) {
        int comma = comma(index);
        int end = comma < 0 ? end(index) : comma + 1;
        return lines.isFirst(start(index)) && lines.isSame(end(index), end) && lines.isLast(end);
    }

    private String withoutLines(int index) {
        int line = lines.start(start(index));
        int first = lines.startOfCommentsAbove(line, Integer.MAX_VALUE);
        var rest = text.substring(lines.end(end(index)));
        boolean leavesComma = index > 0 && index == entries.size() - 1 && comma(index) < 0;
        return (leavesComma ? withoutChar(comma(index - 1), first) : text.substring(0, first)) + rest;
    }

    /** The last one, with other things on its lines. */
    private String withoutLast(int index) {
        int comma = comma(index);
        int end = comma < 0 ? end(index) : comma + 1;
        if (index == 0) {
            return lines.replaced(start(index), end, "");
        }
        int previous = end(index - 1);
        if (lines.isSame(previous, start(index))) {
            return lines.replaced(previous, end, "");
        }
        int line = lines.start(start(index));
        int first = lines.startOfCommentsAbove(line, Integer.MAX_VALUE);
        int before = comma(index - 1);
        return before < first
                ? withoutChar(before, first) + text.substring(line, start(index)) + text.substring(end)
                : text.substring(0, first) + text.substring(line, before) + text.substring(end);
    }

    /** One before others, with other things on its lines. */
    private String withoutOther(int index) {
        int next = start(index + 1);
        int end = comma(index) + 1;
        if (lines.isSame(end, next)) {
            return lines.replaced(start(index), next, "");
        }
        boolean isAlone = index == 0 || !lines.isSame(end(index - 1), start(index));
        return isAlone && lines.isSame(end(index), end)
                ? lines.replaced(start(index), lines.endOfText(end), "")
                : lines.replaced(start(index), afterBlanks(end), "");
    }

    private String withoutChar(int position, int end) {
        return text.substring(0, position) + text.substring(position + 1, end);
    }

    private int afterBlanks(int position) {
        int end = position;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    /** Where the comma behind an entry is; -1 when there is none. */
    private int comma(int index) {
        int end = index == entries.size() - 1 ? brace : start(index + 1);
        int position = end(index);
        while (position < end && text.charAt(position) != ',') {
            position = text.charAt(position) == '#' ? lines.end(position) : position + 1;
        }
        return position < end ? position : -1;
    }

    private int start(int index) {
        return span.start(entries.get(index).getKeyNode());
    }

    private int end(int index) {
        return span.end(entries.get(index).getValueNode());
    }
}
