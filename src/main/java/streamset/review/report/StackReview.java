package streamset.review.report;

import java.util.List;
import java.util.stream.Stream;
import streamset.problems.Problem;

/**
 * The report on one stack.
 *
 * @param comparedWith what is there, as far as this report knows: reviewed objects, or the stack's state
 * @param pauseSeconds for which writes stand still, all steps together
 * @param irreversible what no later update brings back
 * @param notJudged what was not looked at, and why
 * @param staleSnapshot how the file of reviewed objects would have to change, as a unified diff; empty when it is as rendered
 */
public record StackReview(
        String stack,
        Verdict verdict,
        String comparedWith,
        long pauseSeconds,
        List<String> irreversible,
        Changes changes,
        List<Refusal> refusals,
        List<Problem> warnings,
        List<String> notJudged,
        String staleSnapshot) {
    public StackReview {
        irreversible = List.copyOf(irreversible);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
        notJudged = List.copyOf(notJudged);
    }

    /** Of a stack of which nothing is known. */
    public static StackReview notJudged(String stack, String reason) {
        return notJudged(stack, "nothing", Changes.NONE, List.of(), reason, "");
    }

    /** Of a stack of which it is not known what is there: what happens if nothing is. */
    public static StackReview notJudged(
            String stack,
            String comparedWith,
            Changes changes,
            List<Problem> warnings,
            String reason,
            String staleSnapshot) {
        return new StackReview(
                stack,
                Verdict.NOT_JUDGED,
                comparedWith,
                0,
                List.of(),
                changes,
                List.of(),
                warnings,
                List.of(reason),
                staleSnapshot);
    }

    /** Of a stack that cannot be used. */
    public static StackReview refused(
            String stack, String comparedWith, List<Refusal> refusals, List<Problem> warnings) {
        return new StackReview(
                stack, Verdict.REFUSED, comparedWith, 0, List.of(), Changes.NONE, refusals, warnings, List.of(), "");
    }

    /** The same, refused for one reason more. */
    public StackReview refusedToo(Refusal refusal) {
        return new StackReview(
                stack,
                Verdict.REFUSED,
                comparedWith,
                pauseSeconds,
                irreversible,
                changes,
                Stream.concat(refusals.stream(), Stream.of(refusal)).toList(),
                warnings,
                notJudged,
                staleSnapshot);
    }

    public boolean isStale() {
        return !staleSnapshot.isEmpty();
    }

    /** The verdict, and whether the file of reviewed objects is another than that which is rendered. */
    public String verdictWords() {
        return isStale() ? verdict + "; reviewed objects are stale" : verdict.toString();
    }

    public String pauseWords() {
        return switch (verdict) {
            case REFUSED, NOT_JUDGED -> "not known";
            default -> pauseSeconds == 0 ? "none" : "about " + pauseSeconds + " s";
        };
    }

    /** Whether there is nothing to say but the verdict. */
    boolean isShort() {
        return verdict == Verdict.NOTHING && !isStale() && warnings.isEmpty() && notJudged.isEmpty();
    }
}
