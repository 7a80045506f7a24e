package streamset.problems;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects problems, so that a user sees all of them at once instead of one per attempt; and warnings, with which the
 * program goes on.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** Notes one problem; see {@link Problem} for the meaning of the parts. */
    public void add(String subject, String value, String reason, String fix) {
        found.add(new Problem(subject, value, reason, fix));
    }

    /** Notes what works but is hardly meant; see {@link Problem} for the meaning of the parts. */
    public void warn(String subject, String value, String reason, String fix) {
        warnings.add(new Problem(subject, value, reason, fix));
    }

    /** What {@link #add} noted, in that order. */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** What {@link #warn} noted, in that order. */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends a step of the program whose input must be sound from here on.
     *
     * @throws BadInput with everything found so far, when anything was
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new BadInput(found);
        }
    }
}
