package streamset.conf.hba;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/**
 * Somebody whom pg_hba.conf must let in.
 *
 * @param who with how and from where
 * @param proof what there is to prove it
 * @param consequence what does not work otherwise
 * @param line that would let in
 * @param letsIn whether a line does, when it decides
 */
record HbaLogin(String who, String proof, String consequence, String line, Predicate<HbaRule> letsIn) {
    private static final String WHERE_IT_FITS =
            " where it fits, which is not known yet (that depends on the pods' addresses or the members of roles)";

    /**
     * Judges what can come of it: a problem when nothing of it is right, a warning when something is.
     *
     * @param outcomes the lines that can be the one that decides, in the order in which they do; empty for no line
     */
    void judge(List<Optional<HbaRule>> outcomes, SourceFile source, Problems problems) {
        var failure = outcomes.stream().filter(outcome -> !succeeds(outcome)).findFirst();
        if (failure.isEmpty()) {
            return;
        }
        var first = outcomes.get(0);
        var subject = first.map(rule -> source.line(rule.number())).orElse(source.location());
        var value = first.map(rule -> rule.line().shown()).orElse("(no line)");
        var fix = first.map(rule -> "add before line " + rule.number() + " of ").orElse("add to ") + source.location()
                + ": " + line;
        if (outcomes.stream().noneMatch(this::succeeds)) {
            problems.add(subject, value, failed(first) + ": " + consequence, fix);
        } else if (succeeds(first)) {
            var otherwise = failure.get()
                    .map(rule -> "line " + rule.number() + " decides")
                    .orElse("no line fits");
            problems.warn(
                    subject,
                    value,
                    "lets in " + who + ", only" + WHERE_IT_FITS + "; else " + otherwise + ": " + consequence,
                    fix);
        } else {
            problems.warn(subject, value, failed(first) + "," + WHERE_IT_FITS + ": " + consequence, fix);
        }
    }

    private boolean succeeds(Optional<HbaRule> outcome) {
        return outcome.filter(letsIn).isPresent();
    }

    private String failed(Optional<HbaRule> outcome) {
        if (outcome.isEmpty()) {
            return "no line fits " + who;
        }
        var rule = outcome.get();
        if (rule.method() == HbaMethod.REJECT) {
            return "rejects " + who;
        }
        var means = rule.asksForCertificate()
                ? "for a certificate"
                : "by the method " + rule.method().word();
        return "asks " + who + ", " + means + ", but there is " + proof;
    }
}
