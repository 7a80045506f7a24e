package streamset.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Collects problems, so that a user sees all of them at once instead of one per attempt; and warnings, after which the
 * program continues.
 */
public final class Problems {
    private final List<Problem> found;
    private final List<Problem> warnings;
    private final UnaryOperator<Problem> form;

    /** None so far. */
    public Problems() {
        this(new ArrayList<>(), new ArrayList<>(), UnaryOperator.identity());
    }

    private Problems(List<Problem> found, List<Problem> warnings, UnaryOperator<Problem> form) {
        this.found = found;
        this.warnings = warnings;
        this.form = form;
    }

    /** The same collection for a step whose problems and warnings take another form before they get into it. */
    public Problems in(UnaryOperator<Problem> another) {
        return new Problems(found, warnings, problem -> form.apply(another.apply(problem)));
    }

    /** Adds a problem; see {@link Problem} for the meaning of the parts. */
    public void add(String subject, String value, String reason, String fix) {
        found.add(form.apply(new Problem(subject, value, reason, fix)));
    }

    /** Adds a warning of something that works but is hardly intended; see {@link Problem} for the meaning of the parts. */
    public void warn(String subject, String value, String reason, String fix) {
        warnings.add(form.apply(new Problem(subject, value, reason, fix)));
    }

    /** The problems in the order in which they were added. */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** The warnings in the order in which they were added. */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends a step of the program; what follows needs input without problems.
     *
     * @throws BadInput with all problems so far, if there are any
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new BadInput(found);
        }
    }
}
