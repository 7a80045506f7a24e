package streamset.pod;

import java.util.List;

/** A demand on a label, in Kubernetes' words: an element of {@code matchExpressions}. */
public record LabelRule(String key, String operator, List<String> values) {
    public LabelRule {
        values = List.copyOf(values);
    }
}
