package streamset.review;

import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where the values of a YAML text begin and end in it. */
record NodeSpan(String text) {
    private static final Set<ScalarStyle> BLOCK_STYLES = Set.of(ScalarStyle.LITERAL, ScalarStyle.FOLDED);

    /** Whether a value has lines of its own. */
    static boolean isBlock(Node node) {
        return node instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW
                || node instanceof SequenceNode list && list.getFlowStyle() != FlowStyle.FLOW
                || node instanceof ScalarNode scalar && BLOCK_STYLES.contains(scalar.getScalarStyle());
    }

    int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().orElseThrow().getIndex());
    }

    /** Where a value ends: a block that ends only where something else begins ends with the last thing in it. */
    int end(Node node) {
        if (node instanceof MappingNode mapping && isBlock(node)) {
            return end(last(mapping.getValue()).getValueNode());
        }
        if (node instanceof SequenceNode list && isBlock(node)) {
            return end(last(list.getValue()));
        }
        int end = text.offsetByCodePoints(0, node.getEndMark().orElseThrow().getIndex());
        while (isBlock(node) && end > start(node) && text.charAt(end - 1) == '\n') {
            end--;
        }
        return end;
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
