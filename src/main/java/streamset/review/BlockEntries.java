package streamset.review;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Changes entries that have lines of their own in a YAML text. */
final class BlockEntries {
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*$");

    private final String text;
    private final NodeSpan span;
    private final Lines lines;

    BlockEntries(String text) {
        this.text = text;
        this.span = new NodeSpan(text);
        this.lines = new Lines(text);
    }

    /** The text with an entry more, below the last one. */
    String with(MappingNode mapping, String entry) {
        var entries = mapping.getValue();
        int end = lines.end(span.end(entries.get(entries.size() - 1).getValueNode()));
        boolean lineEnds = end > 0 && end <= text.length() && text.charAt(end - 1) == '\n';
        return lines.replaced(end, end, (lineEnds ? "" : "\n") + " ".repeat(column(entries.get(0))) + entry + "\n");
    }

    /** The text with a value in one line, in place of one that has lines of its own. */
    String with(NodeTuple tuple, String value) {
        int colon = text.indexOf(':', span.end(tuple.getKeyNode()));
        int end = lines.endOfText(colon);
        var comment = COMMENT.matcher(text.substring(colon + 1, end));
        return text.substring(0, colon + 1) + " " + value + (comment.find() ? comment.group() : "")
                + text.substring(end, lines.end(colon)) + text.substring(end(tuple));
    }

    /** The text without an entry, and without the comments that are about it: above it, and deeper below it. */
    String without(NodeTuple tuple) {
        int line = lines.start(span.start(tuple.getKeyNode()));
        return lines.replaced(lines.startOfCommentsAbove(line, column(tuple)), end(tuple), "");
    }

    private int end(NodeTuple tuple) {
        return lines.endOfCommentsBelow(lines.end(span.end(tuple.getValueNode())), column(tuple));
    }

    private static int column(NodeTuple tuple) {
        return tuple.getKeyNode().getStartMark().orElseThrow().getColumn();
    }
}
