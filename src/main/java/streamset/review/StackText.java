package streamset.review;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a stack file that has been read without a problem and has no aliases; edits leave all else in it as it is.
 * Comments right above a key go with it when it is deleted, those after a blank line do not.
 *
 * @param project the namespace of keys that have none
 */
record StackText(String text, String project) {
    /** Whether something in it stands for something else in it: then no value can be changed alone. */
    boolean hasAliases() {
        return nodes().hasAliases();
    }

    /** Whether it has keys, beside which another one can be written. */
    boolean hasKeys() {
        return nodes().hasKeys();
    }

    /** Whether something is written at the place of a key, or of a field within it. */
    boolean has(List<String> steps) {
        return nodes().find(steps).isPresent();
    }

    /**
     * The text with a value.
     *
     * @param steps the full key, and below it the names of fields
     * @param value as YAML in one line
     */
    StackText with(List<String> steps, String value) {
        var found = nodes().find(steps);
        if (found.isPresent()) {
            var node = found.get().tuple().getValueNode();
            return of(
                    NodeSpan.isBlock(node)
                            ? new BlockEntries(text).with(found.get().tuple(), value)
                            : new Lines(text).replaced(span().start(node), span().end(node), value));
        }
        var inner = steps.get(steps.size() - 1);
        var outer = steps.subList(0, steps.size() - 1);
        var parent = outer.isEmpty()
                ? nodes().config()
                : nodes().find(outer).map(there -> there.tuple().getValueNode());
        if (parent.orElse(null) instanceof MappingNode mapping) {
            return added(mapping, inner + ": " + value);
        }
        return with(outer, "{" + inner + ": " + value + "}");
    }

    /**
     * The text with another list, of which one element is set or added.
     *
     * @param place from 0; behind the last one an element is added
     */
    StackText withElement(List<String> steps, int place, String value) {
        var elements = new ArrayList<>(elements(steps));
        if (place < elements.size()) {
            elements.set(place, value);
        } else {
            elements.add(value);
        }
        return with(steps, "[" + String.join(", ", elements) + "]");
    }

    private List<String> elements(List<String> steps) {
        return nodes().find(steps)
                .map(found -> found.tuple().getValueNode())
                .filter(SequenceNode.class::isInstance)
                .map(node -> ((SequenceNode) node)
                        .getValue().stream()
                                .map(element -> text.substring(span().start(element), span().end(element)))
                                .toList())
                .orElse(List.of());
    }

    private StackText added(MappingNode mapping, String entry) {
        return of(
                mapping.getFlowStyle() == FlowStyle.FLOW
                        ? new FlowEntries(text, mapping).with(entry)
                        : new BlockEntries(text).with(mapping, entry));
    }

    /** The text without a key or a field, and without the object that had only this one. */
    StackText without(List<String> steps) {
        var found = nodes().find(steps);
        if (found.isEmpty()) {
            return this;
        }
        var entries = found.get().parent().getValue();
        if (entries.size() == 1 && steps.size() > 1) {
            return without(steps.subList(0, steps.size() - 1));
        }
        return without(found.get().parent(), found.get().tuple());
    }

    /** The text without a field beside {@code config}. */
    StackText withoutTopLevel(String name) {
        return nodes().topLevel(name)
                .map(tuple -> without(nodes().root(), tuple))
                .orElse(this);
    }

    private StackText without(MappingNode parent, NodeTuple tuple) {
        return of(
                parent.getFlowStyle() == FlowStyle.FLOW
                        ? new FlowEntries(text, parent).without(tuple)
                        : new BlockEntries(text).without(tuple));
    }

    private StackText of(String edited) {
        return new StackText(edited, project);
    }

    private StackNodes nodes() {
        return new StackNodes(text, project);
    }

    private NodeSpan span() {
        return new NodeSpan(text);
    }
}
