package streamset.pod;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which pods, or which namespaces, have the right labels.
 *
 * @param labels that each must have
 */
public record PodSelector(Map<String, String> labels, List<LabelRule> rules) {
    public PodSelector {
        labels = new TreeMap<>(labels);
        rules = List.copyOf(rules);
    }
}
