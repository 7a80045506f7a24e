package streamset.review.report;

import java.util.Comparator;
import java.util.List;

/**
 * The report on a change of the repository.
 *
 * @param base what it is compared with, as people name it
 * @param stacks the worst first
 */
public record Review(String base, List<StackReview> stacks) {
    private static final Comparator<StackReview> WORST_FIRST = Comparator.comparing(StackReview::verdict)
            .thenComparing(Comparator.comparing(StackReview::isStale).reversed())
            .thenComparing(Comparator.comparing(StackReview::pauseSeconds).reversed())
            .thenComparing(StackReview::stack);

    public Review {
        stacks = stacks.stream().sorted(WORST_FIRST).toList();
    }

    /** Whether nothing at all is to be said. */
    boolean isShort() {
        return stacks.stream().allMatch(StackReview::isShort);
    }

    public boolean isRefused() {
        return stacks.stream().anyMatch(stack -> stack.verdict() == Verdict.REFUSED);
    }

    public boolean isStale() {
        return stacks.stream().anyMatch(StackReview::isStale);
    }

    /** What holds for all stacks, in one line. */
    String summary() {
        var count = stacks.size() == 1 ? "1 stack" : stacks.size() + " stacks";
        return (isShort() ? "nothing changes in " : "changes in ") + count + ", compared with " + base;
    }
}
