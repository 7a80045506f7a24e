package streamset.problems;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects problems, so that a user sees all of them at once instead of one per attempt; and warnings, after which the
 * program continues.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** Adds a problem; see {@link Problem} for the meaning of the parts. */
    public void add(String subject, String value, String reason, String fix) {
        found.add(new Problem(subject, value, reason, fix));
    }

    /** Adds a warning of something that works but is hardly intended; see {@link Problem} for the meaning of the parts. */
    public void warn(String subject, String value, String reason, String fix) {
        warnings.add(new Problem(subject, value, reason, fix));
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
