package streamset.review;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.policy.Breach;
import streamset.policy.Judgement;
import streamset.review.report.Row;

/** How a stack stands to the rules before and after a change, in the words of the report. */
record RuleFacts(Judgement before, Judgement after) {
    private static final String FOLLOWED = "followed";

    /** The rules that the stack waives afterwards, and all others that it stands to in another way than before. */
    List<Row.Rule> rows() {
        return Arrays.stream(Rule.values())
                .filter(rule -> after.waived().containsKey(rule) || changes(rule))
                .map(rule -> new Row.Rule(rule.key(), words(before, rule), words(after, rule)))
                .toList();
    }

    boolean change() {
        return Arrays.stream(Rule.values()).anyMatch(this::changes);
    }

    /** What a second person should approve: rules that are broken or waived from now on. */
    List<String> dangers() {
        var broken = Arrays.stream(Rule.values())
                .filter(rule -> isBroken(after, rule) && !isBroken(before, rule))
                .map(rule -> "rule: " + rule.key() + " is " + words(after, rule));
        var waived = after.waived().keySet().stream()
                .filter(rule -> !before.waived().containsKey(rule))
                .map(rule -> "rule: " + rule.key() + " is " + words(after, rule));
        return Stream.concat(broken, waived).toList();
    }

    private boolean changes(Rule rule) {
        return !words(before, rule).equals(words(after, rule));
    }

    private static boolean isBroken(Judgement judgement, Rule rule) {
        return judgement.broken().stream().anyMatch(breach -> breach.rule() == rule);
    }

    private static String words(Judgement judgement, Rule rule) {
        if (judgement.waived().containsKey(rule)) {
            return "waived: " + judgement.waived().get(rule);
        }
        var found = judgement.broken().stream()
                .filter(breach -> breach.rule() == rule)
                .map(Breach::found)
                .distinct()
                .toList();
        return found.isEmpty() ? FOLLOWED : "broken: " + String.join(", ", found);
    }
}
