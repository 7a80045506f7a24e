package streamset.sizing;

import java.util.function.LongPredicate;

/** Binary search. */
final class Search {
    private Search() {}

    /** The first number that meets a condition; all greater ones must meet it too. {@code most} if none does. */
    static long first(long least, long most, LongPredicate condition) {
        long low = least;
        long high = most;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (condition.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
