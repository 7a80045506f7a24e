package streamset.sizing;

import java.util.function.LongPredicate;

/** Where a condition begins to hold. */
final class Search {
    private Search() {}

    /** The first number for which a condition holds that holds for all greater ones; {@code most} where it holds for none. */
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
