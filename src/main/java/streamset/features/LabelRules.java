package streamset.features;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import streamset.config.Section;
import streamset.pod.LabelRule;
import streamset.pod.PodSelector;

/** Reads what selects by labels, by the rules of Kubernetes. */
public final class LabelRules {
    private static final String VALUES = "values";
    private static final Set<String> WITH_VALUES = Set.of("In", "NotIn");
    private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");
    private static final Set<String> OF_PODS = Set.of("In", "NotIn", "Exists", "DoesNotExist");
    private static final Set<String> OF_NODES = Set.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt");
    private static final Predicate<String> WHOLE = text -> text.matches("-?\\d{1,18}");

    private LabelRules() {}

    /** Those on labels of nodes, which can be numbers too. */
    public static List<LabelRule> ofNodes(Section term) {
        return read(term, OF_NODES);
    }

    /** A whole selector of pods, or of namespaces. */
    public static PodSelector selector(Section fields) {
        return new PodSelector(LabelSyntax.labels(fields.object("matchLabels")), read(fields, OF_PODS));
    }

    private static List<LabelRule> read(Section term, Set<String> operators) {
        return term.objects("matchExpressions").stream()
                .flatMap(fields -> rule(fields, operators).stream())
                .toList();
    }

    private static Optional<LabelRule> rule(Section fields, Set<String> operators) {
        var key = new Field(fields, "key")
                .required(LabelSyntax::key, "<label>", "an expression must name the label that it is about");
        var operator = new Field(fields, "operator")
                .required(Field.oneOf(operators), "Exists", "an expression must say what it demands of the label");
        var values = fields.list(VALUES);
        operator.ifPresent(word -> check(fields, word, values));
        return key.flatMap(label -> operator.map(word -> new LabelRule(label, word, values)));
    }

    private static void check(Section fields, String operator, List<String> values) {
        if (WITHOUT_VALUES.contains(operator)) {
            if (!values.isEmpty()) {
                fields.problem(VALUES, values.toString(), operator + " takes no values", fields.removeCommand(VALUES));
            }
        } else if (WITH_VALUES.contains(operator)) {
            atLeastOne(fields, operator, values);
            eachALabel(fields, values);
        } else if (values.size() != 1 || !WHOLE.test(values.get(0))) {
            fields.problem(
                    VALUES,
                    values.isEmpty() ? Section.NOT_SET : values.toString(),
                    operator + " takes one whole number",
                    fields.removeCommand(VALUES) + ", then: " + fields.setCommand(VALUES, 0, "<number>"));
        }
    }

    private static void atLeastOne(Section fields, String operator, List<String> values) {
        if (values.isEmpty() && !fields.isFaulty(VALUES)) {
            fields.problem(
                    VALUES,
                    Section.NOT_SET,
                    operator + " takes at least one value",
                    fields.setCommand(VALUES, 0, "<value>"));
        }
    }

    private static void eachALabel(Section fields, List<String> values) {
        for (int index = 0; index < values.size(); index++) {
            try {
                LabelSyntax.value(values.get(index));
            } catch (IllegalArgumentException e) {
                fields.problem(VALUES, values.get(index), e.getMessage(), fields.setCommand(VALUES, index, "<value>"));
            }
        }
    }
}
