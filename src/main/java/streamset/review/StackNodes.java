package streamset.review;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds keys in the text of a stack file.
 *
 * @param project the namespace of keys that have none
 */
record StackNodes(String text, String project) {
    private static final String CONFIG = "config";
    private static final Pattern OLD_FORM = Pattern.compile(":config:");

    /** Whether something in it stands for something else in it: then no value can be changed alone. */
    boolean hasAliases() {
        for (var event : new Parse(LoadSettings.builder().build()).parseString(text)) {
            if (event instanceof AliasEvent) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has keys, beside which another one can be written. */
    boolean hasKeys() {
        var document = new Compose(LoadSettings.builder().build()).composeString(text);
        return document.filter(MappingNode.class::isInstance)
                .flatMap(root -> value((MappingNode) root, CONFIG))
                .filter(config -> config instanceof MappingNode mapping
                        && (mapping.getFlowStyle() == FlowStyle.FLOW
                                || !mapping.getValue().isEmpty()))
                .isPresent();
    }

    /** An entry, and the mapping that it is in. */
    record Found(MappingNode parent, NodeTuple tuple) {}

    /**
     * What is written at the place of a key, or of a field within it.
     *
     * @param steps the full key, and below it the names of fields
     */
    Optional<Found> find(List<String> steps) {
        var node = config();
        Optional<Found> found = Optional.empty();
        for (String step : steps) {
            if (!(node.orElse(null) instanceof MappingNode parent)) {
                return Optional.empty();
            }
            boolean isKey = found.isEmpty();
            found = parent.getValue().stream()
                    .filter(tuple -> name(tuple, isKey).equals(step))
                    .findFirst()
                    .map(tuple -> new Found(parent, tuple));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            node = found.map(Found::tuple).map(NodeTuple::getValueNode);
        }
        return found;
    }

    /** What the keys are in. */
    Optional<Node> config() {
        return value(root(), CONFIG);
    }

    /** A field beside {@code config}. */
    Optional<NodeTuple> topLevel(String name) {
        return field(root(), name);
    }

    /** All of it. */
    MappingNode root() {
        return (MappingNode)
                new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow();
    }

    private static Optional<Node> value(MappingNode parent, String name) {
        return field(parent, name).map(NodeTuple::getValueNode);
    }

    private static Optional<NodeTuple> field(MappingNode parent, String name) {
        return parent.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .findFirst();
    }

    private String name(NodeTuple tuple, boolean isKey) {
        var name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
        if (!isKey) {
            return name;
        }
        return name.contains(":") ? OLD_FORM.matcher(name).replaceFirst(":") : project + ":" + name;
    }
}
