package streamset.features.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import streamset.config.Section;
import streamset.features.Field;
import streamset.features.LabelSyntax;
import streamset.pod.Toleration;

/** Reads {@code scheduling.tolerations}, in the form and by the rules of Kubernetes. */
final class Tolerations {
    private static final String KEY = "key";
    private static final String OPERATOR = "operator";
    private static final String VALUE = "value";
    private static final String EFFECT = "effect";
    private static final String SECONDS = "tolerationSeconds";
    private static final String EXISTS = "Exists";
    private static final String NO_EXECUTE = "NoExecute";
    private static final Set<String> OPERATORS = Set.of(EXISTS, "Equal");
    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", NO_EXECUTE);
    private static final int MOST_SECONDS = 999_999_999;

    private Tolerations() {}

    static List<Toleration> read(List<Section> list) {
        return list.stream().map(Tolerations::toleration).toList();
    }

    private static Toleration toleration(Section fields) {
        var toleration = new Toleration(
                new Field(fields, KEY).value(LabelSyntax::key, "<taint>"),
                new Field(fields, OPERATOR).value(Field.oneOf(OPERATORS), EXISTS),
                new Field(fields, VALUE).value(LabelSyntax::value, "<value>"),
                new Field(fields, EFFECT).value(Field.oneOf(EFFECTS), "NoSchedule"),
                new Field(fields, SECONDS).value(Field.number(0, MOST_SECONDS), "300"));
        check(fields, toleration);
        return toleration;
    }

    private static void check(Section fields, Toleration toleration) {
        boolean exists = toleration.operator().equals(Optional.of(EXISTS));
        if (exists) {
            toleration
                    .value()
                    .ifPresent(value ->
                            fields.problem(VALUE, value, EXISTS + " takes no value", fields.removeCommand(VALUE)));
        } else if (toleration.key().isEmpty() && !fields.isFaulty(KEY) && !fields.isFaulty(OPERATOR)) {
            fields.problem(
                    KEY,
                    Section.NOT_SET,
                    "only the operator " + EXISTS + " needs none, and with it every taint is tolerated",
                    fields.setCommand(KEY, "<taint>"));
        }
        if (toleration.seconds().isPresent() && !toleration.effect().equals(Optional.of(NO_EXECUTE))) {
            fields.problem(
                    SECONDS,
                    Integer.toString(toleration.seconds().get()),
                    "counts only with the effect " + NO_EXECUTE,
                    fields.removeCommand(SECONDS) + "; or " + fields.setCommand(EFFECT, NO_EXECUTE));
        }
    }
}
