package streamset.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import streamset.config.StackConfig;

/**
 * Edits the text of a stack's file where a {@code pulumi config} command would change it. All other characters stay, comments
 * included.
 */
final class StackFileEdit {
    private static final String CONFIG = "config";

    private final String text;

    private StackFileEdit(String text) {
        this.text = text;
    }

    /**
     * The text with another value.
     *
     * @param path names of fields and places in lists ({@code [0]}), below {@code config}
     * @param value as YAML has it, in one line
     * @return empty when the text is no such file
     */
    static Optional<String> set(String text, List<String> path, String value) {
        var edit = new StackFileEdit(text);
        return edit.root().map(root -> edit.set(root, withConfig(path), value));
    }

    /**
     * The text without a value.
     *
     * @return empty when the text is no such file, or has no such value
     */
    static Optional<String> remove(String text, List<String> path) {
        var edit = new StackFileEdit(text);
        return edit.root().flatMap(root -> edit.remove(root, withConfig(path)));
    }

    private static List<String> withConfig(List<String> path) {
        var whole = new ArrayList<String>();
        whole.add(CONFIG);
        whole.addAll(path);
        return whole;
    }

    private Optional<MappingNode> root() {
        try {
            var settings = LoadSettings.builder().setUseMarks(true).build();
            return new Compose(settings)
                    .composeString(text)
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    private String set(CollectionNode<?> parent, List<String> path, String value) {
        var step = path.get(0);
        var rest = path.subList(1, path.size());
        var child = child(parent, step);
        if (child.isEmpty()) {
            return added(parent, step, nested(rest, value));
        }
        return !rest.isEmpty() && child.get() instanceof CollectionNode<?> inner
                ? set(inner, rest, value)
                : replaced(
                        start(child.get()),
                        end(child.get()),
                        blank(child.get()) + nested(rest, value) + lineBreak(child.get()));
    }

    /** An empty value begins right behind its colon. */
    private String blank(Node node) {
        return start(node) > 0 && text.charAt(start(node) - 1) == ':' ? " " : "";
    }

    /** The text of several lines ends with the last line's end. */
    private String lineBreak(Node node) {
        return end(node) > 0 && text.charAt(end(node) - 1) == '\n' ? "\n" : "";
    }

    private Optional<String> remove(CollectionNode<?> parent, List<String> path) {
        var step = path.get(0);
        var rest = path.subList(1, path.size());
        return child(parent, step)
                .flatMap(child -> rest.isEmpty()
                        ? Optional.of(without(parent, step, child))
                        : child instanceof CollectionNode<?> inner ? remove(inner, rest) : Optional.empty());
    }

    private String without(CollectionNode<?> parent, String step, Node child) {
        int from = parent instanceof MappingNode mapping
                ? start(tuple(mapping, step).orElseThrow().getKeyNode())
                : start(child);
        if (parent.getValue().size() == 1) {
            var none = parent instanceof MappingNode ? "{}" : "[]";
            return replaced(start(parent), end(parent), none);
        }
        if (parent.getFlowStyle() == FlowStyle.BLOCK) {
            return replaced(lineStart(from), lineEnd(end(child)), "");
        }
        int comma = text.indexOf(',', end(child));
        boolean last = comma < 0 || comma > end(parent);
        return last
                ? replaced(text.lastIndexOf(',', from), end(child), "")
                : replaced(from, comma + (text.startsWith(", ", comma) ? 2 : 1), "");
    }

    private String added(CollectionNode<?> parent, String step, String value) {
        var entry = parent instanceof MappingNode ? name(step) + ": " + value : value;
        if (parent.getFlowStyle() != FlowStyle.BLOCK) {
            int end = end(parent) - 1;
            boolean isEmpty = parent.getValue().isEmpty();
            return replaced(end, end, (isEmpty ? "" : ", ") + entry);
        }
        int column = parent.getStartMark().orElseThrow().getColumn();
        int end = lineEnd(end(parent));
        var line = " ".repeat(column) + (parent instanceof SequenceNode ? "- " : "") + entry + "\n";
        boolean isOpen = end > 0 && text.charAt(end - 1) != '\n';
        return replaced(end, end, (isOpen ? "\n" : "") + line);
    }

    private static String nested(List<String> path, String value) {
        if (path.isEmpty()) {
            return value;
        }
        var inner = nested(path.subList(1, path.size()), value);
        return isPlace(path.get(0)) ? "[" + inner + "]" : "{" + name(path.get(0)) + ": " + inner + "}";
    }

    /** A key has a colon in it, which ends no name as long as no blank follows. */
    private static String name(String step) {
        return step.matches("[A-Za-z][\\w./-]*:[A-Za-z][\\w.-]*") ? step : Report.yaml(step);
    }

    private static boolean isPlace(String step) {
        return step.matches("\\[\\d+]");
    }

    private static Optional<Node> child(CollectionNode<?> parent, String step) {
        if (parent instanceof MappingNode mapping) {
            return tuple(mapping, step).map(NodeTuple::getValueNode);
        }
        int place = isPlace(step) ? Integer.parseInt(step.substring(1, step.length() - 1)) : Integer.MAX_VALUE;
        return parent instanceof SequenceNode list && place < list.getValue().size()
                ? Optional.of(list.getValue().get(place))
                : Optional.empty();
    }

    /** By its whole name, or by one that means the same to the engine. */
    private static boolean isNamed(String written, String name) {
        var key = written.replaceFirst(":config:", ":");
        return key.equals(name) || name.equals(StackConfig.NAMESPACE + ":" + key);
    }

    private static Optional<NodeTuple> tuple(MappingNode mapping, String name) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && isNamed(key.getValue(), name))
                .findFirst();
    }

    private String replaced(int from, int to, String replacement) {
        return text.substring(0, from) + replacement + text.substring(to);
    }

    private static int start(Node node) {
        return node.getStartMark().orElseThrow().getIndex();
    }

    /** Where the last character of a value is: a block ends for the reader only where something else begins. */
    private static int end(Node node) {
        if (node instanceof MappingNode mapping && isBlock(mapping)) {
            return end(mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
        }
        if (node instanceof SequenceNode list && isBlock(list)) {
            return end(list.getValue().get(list.getValue().size() - 1));
        }
        return node.getEndMark().orElseThrow().getIndex();
    }

    private static boolean isBlock(CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.BLOCK && !node.getValue().isEmpty();
    }

    private int lineStart(int index) {
        return text.lastIndexOf('\n', index - 1) + 1;
    }

    private int lineEnd(int index) {
        int end = text.indexOf('\n', Math.max(0, index - (index > 0 && text.charAt(index - 1) == '\n' ? 1 : 0)));
        return end < 0 ? text.length() : end + 1;
    }
}
